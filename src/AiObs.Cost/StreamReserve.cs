using AiObs.Cost.Budgets;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Raises what is set aside for a stream as it runs, where a budget may end it.</summary>
/// <param name="tracking">Estimates what tokens cost.</param>
/// <param name="operation">The call.</param>
/// <param name="ticket">Says by which prices.</param>
/// <param name="reservation">What is set aside.</param>
/// <param name="input">The tokens of the request, by estimate.</param>
internal sealed class StreamReserve(
    CostTracking tracking, ModelOperation operation, CostTicket ticket, BudgetReservation reservation, long input)
{
    private long _input = input;
    private long? _tokens;
    private decimal? _cost;

    /// <summary>Gets a value indicating whether nothing more can be set aside, so that the stream is to end.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Raises what is set aside to what the stream has taken so far. What was delivered is delivered; whether more is asked for depends on it.</summary>
    public void Extend(StreamMeter stream)
    {
        _input = stream.Input ?? _input;
        var tokens = _input + stream.Delivered.Tokens;
        if (_tokens != tokens)
        {
            _tokens = tokens;
            _cost = tracking.EstimateCost(operation, ticket, _input, stream.Delivered.Tokens);
        }

        IsExhausted = !reservation.TryExtend(_cost, tokens) && !stream.IsFinished;
    }
}
