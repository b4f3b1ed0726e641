namespace AiObs.Operations;

/// <summary>Remembers what the last span was started with, where all operations of one source differ in nothing but their target.</summary>
internal sealed class SpanStartCache
{
    private SpanStart? _last;

    public SpanStart Get<TState>(AgentOperation operation, TState state, Func<AgentOperation, TState, SpanStart> describe)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || last.Target != operation.Name)
        {
            last = describe(operation, state);
            Volatile.Write(ref _last, last);
        }

        return last;
    }
}
