using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A stream that ends when a gate has no more for it: with what was delivered, and a last update that says <c>Length</c>.</summary>
/// <param name="Inner">The stream of the model.</param>
/// <param name="Operation">The call, which notes what ended it.</param>
/// <param name="Ticket">What tells when it is to end. Whoever observes the stream shows it the updates.</param>
/// <param name="Clock">Measures how long the inner stream takes to close.</param>
/// <param name="Faults">Hears of what goes wrong in the gate and in closing the inner stream.</param>
/// <remarks>To be read once: the ticket is that of one call.</remarks>
internal sealed record LimitedStream(
    IAsyncEnumerable<ChatResponseUpdate> Inner,
    ChatOperation Operation,
    CallTicket Ticket,
    TimeProvider Clock,
    Faults Faults) : IAsyncEnumerable<ChatResponseUpdate>
{
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new LimitedStreamEnumerator(this, Inner.GetAsyncEnumerator(cancellationToken));
}
