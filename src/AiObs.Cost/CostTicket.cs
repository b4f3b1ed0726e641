using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>What cost tracking keeps of a call from its start to its end.</summary>
internal sealed class CostTicket : CallTicket
{
    private readonly CostTracking _tracking;
    private readonly ModelOperation _operation;
    private readonly RequestSequence<ChatMessage>? _sequence;
    private IList<ChatMessage>? _messages;
    private ChatResponse? _response;
    private StreamMeter? _stream;
    private StreamReserve? _reserve;

    /// <summary>Initializes a new instance of the <see cref="CostTicket"/> class.</summary>
    /// <param name="tracking">What prices the call.</param>
    /// <param name="request">The call.</param>
    public CostTicket(CostTracking tracking, CallRequest request)
    {
        _tracking = tracking;
        _operation = request.Operation;
        _sequence = request.Sequence;
        _messages = _sequence is null ? request.Messages : [];
        RequestOptions = request.Options;
        Table = tracking.Prices.Table;
    }

    public override string Name => "budget";

    public override bool LimitsStream => Reservation is { } reservation && reservation.EndsStream();

    public override TimeSpan CloseTimeout => _tracking.Options.Reservations.StreamEndTimeout;

    public override bool IsExhausted => _reserve is { IsExhausted: true };

    /// <summary>Gets the source of prices that the scope around the call names.</summary>
    public IPricingProvider? Pricing { get; init; } = PricingScope.Current;

    /// <summary>Gets the table that the call is priced by from its start to its end, whatever takes its place meanwhile.</summary>
    public IPriceTable Table { get; }

    /// <summary>Gets or sets what budgets have set aside for the call.</summary>
    public BudgetReservation? Reservation { get; set; }

    /// <summary>Gets what was asked, for an estimate where the provider does not report it; <see langword="null"/> where it is no chat, or is not kept.</summary>
    public IList<ChatMessage>? RequestMessages => _messages is null || _sequence is null ? _messages : _sequence.HandedOn;

    /// <summary>Gets the options that belong to <see cref="RequestMessages"/>.</summary>
    public ChatOptions? RequestOptions { get; private set; }

    /// <summary>Returns the tokens that were delivered, by estimate; none for an answer whose tokens the provider counted.</summary>
    public TokenEstimate DeliveredBeside(TokenUsage? reported) =>
        _stream is not null ? _stream.Delivered
        : _response is not null && reported?.Output is null ? TokenEstimator.EstimateOutput(_response)
        : default;

    public override void Take(ChatResponseUpdate update)
    {
        if (!IsExhausted)
        {
            (_stream ??= new()).Take(update);
            Extend(_stream);
        }
    }

    public override void TakePiece(string piece)
    {
        if (!IsExhausted)
        {
            (_stream ??= new()).TakePiece(piece);
            Extend(_stream);
        }
    }

    public override void Note(ChatResponse response) => _response = response;

    public override void Defer()
    {
        _messages = null;
        RequestOptions = null;
    }

    public override CallCost? Settle(ModelOperation ended) => _tracking.Close(this, ended);

    public override void Release() => Reservation?.Release();

    private void Extend(StreamMeter stream)
    {
        if (Reservation is { } reservation && reservation.EndsStream())
        {
            _reserve ??= new StreamReserve(
                _tracking, _operation, this, reservation, TokenEstimator.EstimateInput(RequestMessages ?? [], RequestOptions).Tokens);
            _reserve.Extend(stream);
        }
    }
}
