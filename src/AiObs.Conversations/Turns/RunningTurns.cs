using AiObs.Conversations.Storing;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Finds the turns of a conversation that somebody runs, on whatever instance.</summary>
internal sealed class RunningTurns(ConversationView view, string conversationId)
{
    private const int LastTurns = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async ValueTask<IReadOnlyList<TurnRecord>> FindAsync(CancellationToken cancellationToken)
    {
        var turns = await view.Store.ListTurnsAsync(view.Tenant, conversationId, LastTurns, cancellationToken).ConfigureAwait(false);
        var now = view.Now;
        return [.. turns.Where(turn => turn is { State: TurnState.Open } && turn.LeaseUntil > now)];
    }

    /// <summary>Waits a while for a turn to end.</summary>
    /// <exception cref="ConversationBusyException">It is not to be waited for.</exception>
    public async ValueTask WaitAsync(TurnRecord running, TurnConcurrency concurrency, CancellationToken cancellationToken)
    {
        if (concurrency != TurnConcurrency.Wait)
        {
            throw new ConversationBusyException(conversationId, running.Id, running.LeaseUntil!.Value);
        }

        await Task.Delay(Pause, view.Clock, cancellationToken).ConfigureAwait(false);
    }
}
