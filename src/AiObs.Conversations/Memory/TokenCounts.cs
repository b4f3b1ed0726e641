using AiObs.Conversations.Memory.Tokens;
using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Counts tokens for one conversation: the provider's own numbers, else a tokenizer's, else an estimate that is corrected by what the provider reported before.</summary>
internal sealed class TokenCounts(ITokenCounter? counter, string? model, IReadOnlyList<MemoryItem> items)
{
    /// <summary>How many reported counts the correction is taken from: what was said lately is most like what comes.</summary>
    private const int ComparedMessages = 20;

    private const double LowestCorrection = 0.5;
    private const double HighestCorrection = 2;

    private readonly ITokenCounter _counter = counter ?? ITokenCounter.Estimate;
    private readonly bool _isExact = counter?.IsExact(model) is true;
    private double? _correction;

    /// <summary>Gets a value indicating whether any count was neither the provider's nor a tokenizer's.</summary>
    public bool IsEstimate { get; private set; }

    public int Of(MemoryItem item) => item.TokenCount ??= item.IsWithheld ? 0 : Of(item.Message);

    /// <summary>Counts a message that the model is not shown, without reading it where that will do.</summary>
    public int Roughly(MemoryItem item) =>
        item is { TokenCount: null, IsRead: false, IsWithheld: false, Stored.Content: { } content } && counter is null ? Corrected(EstimatedTokens.CountUnread(content.Json)) : Of(item);

    public int Of(ChatMessage message)
    {
        var count = _counter.Count(message, model);
        return _isExact ? count : Corrected(count);
    }

    private int Corrected(int count)
    {
        IsEstimate = true;
        return (int)Math.Min(int.MaxValue, Math.Ceiling(count * (_correction ??= FindCorrection())));
    }

    private double FindCorrection()
    {
        long reported = 0;
        long estimated = 0;
        var compared = 0;
        for (var index = items.Count - 1; index >= 0 && compared < ComparedMessages; index--)
        {
            if (items[index] is { Stored.TokenCount: > 0, IsWithheld: false } item)
            {
                reported += item.Stored.TokenCount.Value;
                estimated += _counter.Count(item.Message, model);
                compared++;
            }
        }

        return estimated > 0 ? Math.Clamp((double)reported / estimated, LowestCorrection, HighestCorrection) : 1;
    }
}
