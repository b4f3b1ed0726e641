using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Adds up the usage of a stream, in which some providers report parts and others repeat a growing total.</summary>
internal struct UsageAccumulator
{
    private UsageDetails? _earlier;
    private UsageDetails? _current;
    private string? _responseId;

    public readonly UsageDetails? Total => _earlier is null || _current is null ? _current ?? _earlier : Sum(_earlier, _current);

    public void Add(UsageDetails usage, string? responseId)
    {
        if (_current is null)
        {
            // As it is: nearly every stream reports once.
            _current = usage;
        }
        else if (responseId is not null && _responseId is not null && responseId != _responseId)
        {
            EndRound();
            _current = usage;
        }
        else
        {
            _current = IsGrownFrom(usage, _current) ? usage : Sum(_current, usage);
        }

        _responseId = responseId ?? _responseId;
    }

    /// <summary>Notes that what is reported from here on belongs to another round trip inside of the stream.</summary>
    public void EndRound()
    {
        if (_current is not null)
        {
            // What is reported belongs to whoever reads the stream, who may add up in it.
            _earlier = Sum(_earlier ?? new UsageDetails(), _current);
            _current = null;
        }
    }

    /// <summary>Tells a repeated total from a further part: a total names everything that was named before, and nothing in it has shrunk.</summary>
    private static bool IsGrownFrom(UsageDetails later, UsageDetails earlier) =>
        HasGrown(later.InputTokenCount, earlier.InputTokenCount)
        && HasGrown(later.OutputTokenCount, earlier.OutputTokenCount)
        && HasGrown(later.TotalTokenCount, earlier.TotalTokenCount)
        && HasGrown(later.CachedInputTokenCount, earlier.CachedInputTokenCount)
        && HasGrown(later.ReasoningTokenCount, earlier.ReasoningTokenCount)
        && HaveGrown(later.AdditionalCounts, earlier.AdditionalCounts);

    private static bool HaveGrown(AdditionalPropertiesDictionary<long>? later, AdditionalPropertiesDictionary<long>? earlier) =>
        earlier is null || earlier.All(count => later is not null && later.TryGetValue(count.Key, out var known) && known >= count.Value);

    private static bool HasGrown(long? later, long? earlier) => earlier is null || later >= earlier;

    private static UsageDetails Sum(UsageDetails one, UsageDetails other)
    {
        var sum = new UsageDetails();
        sum.Add(one);
        sum.Add(other);
        return sum;
    }
}
