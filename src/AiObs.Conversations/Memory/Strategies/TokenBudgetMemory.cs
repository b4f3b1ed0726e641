namespace AiObs.Memory;

/// <summary>Keeps as many of the last messages as fit into a number of tokens, and stops at the first that do not.</summary>
/// <remarks>
/// System, pinned and injected messages and the present turn are always kept, and take their tokens first; then summaries; then the newest messages.
/// Where what is always kept does not fit alone, a <see cref="MemoryException"/> says so, and no cut request is sent.
/// </remarks>
public sealed class TokenBudgetMemory : IMemoryStrategy
{
    private const string StrategyName = "token_budget";

    /// <summary>Initializes a new instance of the <see cref="TokenBudgetMemory"/> class.</summary>
    /// <param name="maxTokens">How many tokens the messages may take; by default a share of the model's context window.</param>
    /// <param name="shareOfWindow">
    /// The part of the context window that is used where <paramref name="maxTokens"/> is not given: what is left of the window after <see cref="MemoryWork.ReservedTokens"/>, times this.
    /// The rest makes up for counts that are estimates. The default is 0.75.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is less than 1, or <paramref name="shareOfWindow"/> is not above 0 and at most 1.</exception>
    public TokenBudgetMemory(int? maxTokens = null, double shareOfWindow = 0.75)
    {
        if (maxTokens is { } max)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(max, 1, nameof(maxTokens));
        }

        if (shareOfWindow is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(shareOfWindow), shareOfWindow, "The share of the window must be above 0 and at most 1.");
        }

        MaxTokens = maxTokens;
        ShareOfWindow = shareOfWindow;
    }

    /// <summary>Gets how many tokens the messages may take; <see langword="null"/> for a share of the window.</summary>
    public int? MaxTokens { get; }

    /// <summary>Gets the part of the context window that is used.</summary>
    public double ShareOfWindow { get; }

    /// <inheritdoc/>
    public string Name => StrategyName;

    /// <inheritdoc/>
    public bool HasEnough(MemoryRequest request, int messages, Func<long> countTokens)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(countTokens);
        return (MaxTokens ?? request.ContextWindow) is { } budget && countTokens() > budget;
    }

    /// <inheritdoc/>
    public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var budget = BudgetOf(work);
        var groups = work.Groups;
        var used = groups.Where(static group => !group.CanDrop).Sum(static group => (long)group.TokenCount);
        if (used > budget)
        {
            throw new MemoryException(StrategyName, FormattableString.Invariant(
                $"The present turn, with system, pinned and injected messages, takes {used:N0} tokens, and {budget:N0} are allowed. Say less, unpin messages, or allow more."));
        }

        used = DropUnlessFits(work, groups.Where(static group => group is { CanDrop: true, Kind: MessageGroupKind.Summary }), used, budget);
        DropUnlessFits(work, groups.Where(static group => group is { CanDrop: true, Kind: not MessageGroupKind.Summary }).Reverse(), used, budget);
        return default;
    }

    private static long DropUnlessFits(MemoryWork work, IEnumerable<MessageGroup> groups, long used, long budget)
    {
        var isFull = false;
        foreach (var group in groups)
        {
            isFull = isFull || used + group.TokenCount > budget;
            if (isFull)
            {
                work.Drop(group, FormattableString.Invariant($"it does not fit into {budget:N0} tokens"));
            }
            else
            {
                used += group.TokenCount;
            }
        }

        return used;
    }

    private long BudgetOf(MemoryWork work)
    {
        if (MaxTokens is { } max)
        {
            return max;
        }

        return work.ContextWindow is { } window
            ? (long)((window - work.ReservedTokens) * ShareOfWindow)
            : throw new InvalidOperationException(
                work.Model is null
                    ? "How many tokens the model takes is not known, as none is named. Set MemoryRequest.Model, or the Model of the conversation, or give the token budget a number."
                    : $"How many tokens the model \"{work.Model}\" takes is not known. Give the token budget a number, or set MemoryRequest.ContextWindow.");
    }
}
