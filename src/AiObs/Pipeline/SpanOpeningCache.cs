using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Remembers what the last span was started with, where all operations of one source differ in nothing but their target.</summary>
internal sealed class SpanOpeningCache
{
    private SpanOpening? _last;

    public SpanOpening Get<TState>(AgentOperation operation, TState state, Func<AgentOperation, TState, SpanOpening> describe)
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
