namespace AiObs;

/// <summary>Leaves a scope once, however often it is disposed.</summary>
internal sealed class AgentContextScope(AgentContext scope) : IDisposable
{
    private AgentContext? _scope = scope;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _scope, null) is { } entered)
        {
            AgentContext.Leave(entered);
        }
    }
}
