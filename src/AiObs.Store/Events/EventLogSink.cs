using AiObs.Events;
using Microsoft.Extensions.Logging;

namespace AiObs.Store.Events;

/// <summary>Brings events to a log.</summary>
internal sealed class EventLogSink(IEventLog log, ILogger logger) : IAgentEventSink
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        while (await FindConflictAsync(events, cancellationToken).ConfigureAwait(false) is { } id)
        {
            // Trying the batch again would never end, and the others in it have done nothing wrong.
            logger.EventConflicts(id);
            events = WithoutLast(events, id);
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => (log as IFedLog)?.CatchUpAsync(cancellationToken) ?? ValueTask.CompletedTask;

    private async ValueTask<Guid?> FindConflictAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(events, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (EventConflictException conflict)
        {
            return conflict.EventId;
        }
    }

    private static List<AgentEvent> WithoutLast(IReadOnlyList<AgentEvent> events, Guid id)
    {
        var rest = events.ToList();
        rest.RemoveAt(rest.FindLastIndex(item => item.Id == id));
        return rest;
    }
}
