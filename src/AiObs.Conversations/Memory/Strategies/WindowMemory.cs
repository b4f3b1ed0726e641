namespace AiObs.Memory;

/// <summary>Keeps the last messages.</summary>
/// <remarks>
/// System, pinned and injected messages and summaries are kept and not counted. The present turn is kept and counted. Tool calls and their results count as the messages that they are, and are kept
/// together or not at all, and what is kept begins with what the user says, so that fewer may be kept than the number says.
/// </remarks>
public sealed class WindowMemory : IMemoryStrategy
{
    /// <summary>Initializes a new instance of the <see cref="WindowMemory"/> class.</summary>
    /// <param name="lastMessages">How many messages are kept at most, unless the present turn has more. The default is 50.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lastMessages"/> is less than 1.</exception>
    public WindowMemory(int lastMessages = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lastMessages, 1);
        LastMessages = lastMessages;
    }

    /// <summary>Gets how many messages are kept.</summary>
    public int LastMessages { get; }

    /// <inheritdoc/>
    public string Name => "window";

    /// <inheritdoc/>
    public bool HasEnough(MemoryRequest request, int messages, Func<long> countTokens) => messages >= LastMessages;

    /// <inheritdoc/>
    public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.KeepLast(LastMessages, $"it is not among the last {LastMessages} messages");
        return default;
    }
}
