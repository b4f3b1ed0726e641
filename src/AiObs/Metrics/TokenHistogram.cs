using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>Token usage in profile <see cref="GenAIProfile.V1_41"/>: one histogram, told apart by token type. Unknown counts are not recorded.</summary>
internal sealed class TokenHistogram(Meter meter) : ITokenMetrics
{
    private readonly Histogram<long> _usage = meter.Histogram(
        "gen_ai.client.token.usage", "{token}", "Input and output tokens used.", tags: null, Buckets.Tokens);

    public bool Enabled => _usage.Enabled;

    public void Record(ModelOperation operation, TagList tags)
    {
        if (operation.Usage is not { } usage || !_usage.Enabled)
        {
            return;
        }

        Record(usage.Input, "input", tags);
        Record(usage.Output, "output", tags);
    }

    private void Record(long? count, string type, TagList tags)
    {
        if (count is { } known)
        {
            tags.Add(GenAiAttributes.TokenType, type);
            _usage.Record(known, tags);
        }
    }
}
