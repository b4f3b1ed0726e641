using AiObs.Conversations.Turns;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>The answer of a turn as it comes, and what came of the turn. It is done by whoever enumerates it, which is possible once.</summary>
#pragma warning disable CA1711 // It is a stream of updates, as the word is used throughout.
public sealed class TurnStream : IAsyncEnumerable<ChatResponseUpdate>
#pragma warning restore CA1711
{
    private readonly TurnRun _run;
    private readonly CancellationToken _cancellationToken;
    private int _isTaken;

    internal TurnStream(TurnRun run, CancellationToken cancellationToken)
    {
        _run = run;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gets a task that ends with the enumeration: with what came of the turn, also of one that was left, or with the exception that ended it.</summary>
    /// <remarks>It does not end where nobody enumerates. An answer that was delivered and could not be stored has <see cref="TurnResult.SaveError"/>.</remarks>
    public Task<TurnResult> Result => _run.Result;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was enumerated before.</exception>
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _isTaken, 1) == 0
        ? _run.StreamAsync(_cancellationToken).GetAsyncEnumerator(cancellationToken)
        : throw new InvalidOperationException("The stream of a turn is enumerated once. Begin another turn, or the same with its TurnId for the stored answer.");
}
