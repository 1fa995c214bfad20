/**
 * Portuguese words of errors, by their English ones; `{0}` stands for what an error names. What is not here is told in
 * English: faults of programs rather than of shoppers.
 */
const portuguese: Readonly<Record<string, string>> = {
  'Bad request': 'Requisição inválida',
  'Invalid order form': 'Carrinho inválido',
  Unauthorized: 'Não autorizado',
  'Access denied': 'Acesso negado',
  'Invalid id for item': 'Id inválido para o item',
  'Invalid quantity for item': 'Quantidade inválida para o item',
  'Invalid seller for item': 'Vendedor inválido para o item',
  'Invalid price for item': 'Preço inválido para o item',
  'Invalid item for sales channel': 'Item inválido para o canal de vendas',
  'Invalid item index': 'Índice de item inválido',
  'Same item cannot have more than one SLA selected': 'Um item não pode ter mais de um tipo de entrega selecionado',
  'Duplicated item index': 'Índice de item duplicado',
  'App id not found': 'Id do aplicativo não encontrado',
  'App key not found for id': 'Campo do aplicativo não encontrado',
  'The Order Form Text field has exceeded the character limit': 'O campo de texto excedeu o limite de caracteres',
  'Please select the desired number of installments': 'Selecione o número de parcelas desejado',
  'Login required to use a new address': 'É preciso entrar na conta para usar um novo endereço',
  'This email cannot be used because belongs to another user': 'Este e-mail pertence a outro usuário',
  'Addresses must have postal code or geocoordinates': 'Endereços precisam de CEP ou de coordenadas',
  'Invalid country': 'País inválido',
  'Invalid e-mail': 'E-mail inválido',
  'Invalid attachment key': 'Chave de anexo inválida',
  'Invalid attachment name': 'Nome de anexo inválido',
  'Invalid attachment value': 'Valor de anexo inválido',
  'Invalid marketing tag': 'Tag de marketing inválida',
  'Invalid payment system': 'Meio de pagamento inválido',
  'Orderform does not have installment options': 'O carrinho não tem opções de parcelamento',
  'Invalid payment': 'Pagamento inválido',
  'Invalid sales channel': 'Canal de vendas inválido',
  'Address id not found': 'Endereço não encontrado',
  'Multiple delivery addresses are not allowed': 'Não é permitido mais de um endereço de entrega',
  'Multiple address countries are not allowed': 'Não são permitidos endereços em mais de um país',
  'Pickup not found': 'Ponto de retirada não encontrado',
  'The number of allowed addresses has exceeded': 'O número de endereços permitidos foi excedido',
  'Invalid offering': 'Serviço inválido',
  'A communication error with Postal Code Service has occurred': 'Não foi possível consultar o CEP',
  'Unable to communicate with seller': 'Não foi possível contatar o vendedor',
  'The email field in the customer profile attachment is invalid': 'O campo email do perfil do cliente é inválido',
  'A lock operation timed out': 'O carrinho está ocupado',
  'Purchase cannot be done with unavailable items': 'A compra não pode ser feita com itens indisponíveis',
  'Max allowed items exceeded: {0}': 'Número máximo de itens excedido: {0}',
  'Section {0} is not recognized': 'A seção {0} não é reconhecida',
  'The {0} field in the marketing attachment is invalid': 'O campo {0} dos dados de marketing é inválido',
  'Field {0} has exceeded limit of characters': 'O campo {0} excedeu o limite de caracteres',
  'The {0} field in the client profile attachment is invalid': 'O campo {0} do perfil do cliente é inválido',
  'The {0} field in the shipping attachment is invalid': 'O campo {0} dos dados de entrega é inválido',
  'The CEP ({0}) field in the shipping attachment is invalid': 'O CEP ({0}) dos dados de entrega é inválido',
  'The purchase cannot be done without items': 'A compra não pode ser feita sem itens',
  'The order already exists': 'O pedido já existe',
  "Your cart's data was old and needed to be updated. Please, try again":
    'Os dados do carrinho estavam desatualizados. Tente novamente',
  "Order reservation couldn't be done": 'Não foi possível reservar o pedido',
  'Item {0} not found or unavailable': 'Item {0} não encontrado ou indisponível',
  'Item {0} had some empty required attachment': 'O item {0} tem um anexo obrigatório vazio',
  'The minimum quantity for items that must be accumulated in cart has not been reached':
    'A quantidade mínima de itens no carrinho não foi atingida',
  'The minimum value that must be accumulated in cart has not been reached':
    'O valor mínimo do carrinho não foi atingido',
  'Shipping data is required': 'Os dados de entrega são obrigatórios',
  'No SLA is selected': 'Nenhum tipo de entrega foi selecionado',
  'There is no SLA available': 'Não há tipo de entrega disponível',
  'Delivery window is required': 'A janela de entrega é obrigatória',
  'Invalid delivery window': 'Janela de entrega inválida',
  "There's no payment selected": 'Nenhum pagamento foi selecionado',
  "Payment value doesn't match with requested value": 'O valor do pagamento não corresponde ao valor pedido',
  'Payment value does not match with reference value': 'O valor do pagamento não corresponde ao valor de referência',
  'The selected SLA for item {0}({1}) is not available': 'O tipo de entrega do item {0}({1}) não está disponível',
  'Order {0} cannot be cancelled in status {1}': 'O pedido {0} não pode ser cancelado no estado {1}',
  'Unable to communicate with the tax service': 'Não foi possível consultar o serviço de impostos',
  'The tax service did not answer in time': 'O serviço de impostos não respondeu a tempo',
  'Too many gift cards': 'Vales-presente demais',
  'Too many attempts': 'Muitas tentativas',
}

/** What an error says, in the language of a locale; English where there are no other words for it. */
export function wordError({ message, template = message, values = [] }: ErrorText, locale: string | undefined): string {
  const text = locale?.toLowerCase().startsWith('pt') === true ? portuguese[template] : undefined
  return text === undefined ? message : filled(text, values)
}

/** Words of an error, and how they were made where they name something. */
export interface ErrorText {
  readonly message: string
  readonly template?: string
  readonly values?: readonly string[]
}

/** A text that names something, with what it is made of. */
export function naming(template: string, ...values: readonly string[]): Required<ErrorText> {
  return { message: filled(template, values), template, values }
}

function filled(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index) => values[Number(index)] ?? whole)
}
