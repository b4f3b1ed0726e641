using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>How a turn begins: it is this process's own now, or was answered before.</summary>
/// <param name="Turn">The turn; <see langword="null"/> where it was answered before.</param>
/// <param name="Replay">What was answered before.</param>
internal sealed record TurnStart(OpenTurn? Turn, TurnResult? Replay)
{
    /// <summary>Gets what an answer in the background is asked for again with.</summary>
#pragma warning disable MEAI001 // Experimental: where it goes away, responses in the background do too.
    public ResponseContinuationToken? Continuation { get; init; }
#pragma warning restore MEAI001
}
