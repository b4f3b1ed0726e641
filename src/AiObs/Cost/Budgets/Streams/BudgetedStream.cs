using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Budgets.Streams;

/// <summary>A stream that ends when its budgets have no more for it: with what was delivered, and a last update that says <c>Length</c>.</summary>
/// <param name="Inner">The stream of the model.</param>
/// <param name="Reservation">What was set aside; whoever made it settles it.</param>
/// <param name="Meter">Measures what is delivered. What it throws is counted, and the update passes unmeasured.</param>
/// <param name="CloseTimeout">How long the cut waits for the inner stream to close.</param>
/// <param name="Clock">Measures that time.</param>
/// <param name="Faults">Hears of what goes wrong in the meter and in closing the inner stream after a cut.</param>
/// <remarks>To be read once: meter and reservation are those of one call.</remarks>
internal sealed record BudgetedStream(
    IAsyncEnumerable<ChatResponseUpdate> Inner,
    BudgetReservation Reservation,
    StreamMeter Meter,
    TimeSpan CloseTimeout,
    TimeProvider Clock,
    Faults Faults) : IAsyncEnumerable<ChatResponseUpdate>
{
    /// <summary>Gets or sets a value indicating whether the stream was ended by a budget.</summary>
    public bool WasCut { get; set; }

    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new BudgetedStreamEnumerator(this, Inner.GetAsyncEnumerator(cancellationToken));
}
