using System.Collections.Concurrent;
using AiObs.Operations;

namespace AiObs.DocSnippets;

#region snippet:own-observer
internal sealed class FailedTools : IOperationObserver
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Started(AgentOperation operation)
    {
    }

    public void Completed(AgentOperation operation)
    {
        if (operation is ToolOperation { Name: { } name, Outcome: OperationOutcome.Failed })
        {
            _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
        }
    }
}
#endregion
