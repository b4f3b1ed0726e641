using AiObs.Events;

namespace AiObs.DocSnippets;

internal sealed class AuditSink : IAgentEventSink
{
    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
