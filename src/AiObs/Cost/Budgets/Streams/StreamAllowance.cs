using Microsoft.Extensions.AI;

namespace AiObs.Cost.Budgets.Streams;

/// <summary>What one stream may still take of its budgets, measured as it is delivered.</summary>
/// <param name="reservation">What was set aside; whoever made it settles it.</param>
/// <param name="meter">Measures what is delivered.</param>
internal sealed class StreamAllowance(BudgetReservation reservation, StreamMeter meter)
{
    private bool _isFinished;

    /// <summary>Gets a value indicating whether no further update may be asked for.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Measures an update. It is delivered in any case, as the model has made it already; whether the next one is asked for depends on it.</summary>
    public void Take(ChatResponseUpdate update)
    {
        // After its finish reason a stream takes nothing more; what may follow is its usage, which is worth having.
        _isFinished |= update.FinishReason is not null;
        var use = meter.Measure(update);
        IsExhausted = !reservation.TryExtend(use.Cost, use.Tokens) && !_isFinished;
    }

    /// <summary>To be called once, before the stream is closed because a budget has no more for it.</summary>
    public void Cut() => meter.Cutting();
}
