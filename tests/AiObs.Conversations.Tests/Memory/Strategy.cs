using AiObs.Memory;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>A strategy that does what a test wants.</summary>
internal sealed class Strategy(Action<MemoryWork> apply, string name = "test") : IMemoryStrategy
{
    public string Name => name;

    public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        apply(work);
        return default;
    }
}
