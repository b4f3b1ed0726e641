using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>The parts that an adapter left out of its counts of input and output, although they are parts of them.</summary>
/// <remarks>
/// Bedrock leaves out the cache, Gemini what a model thinks and what its tools put into the prompt, xAI what a model thinks. The total
/// tells: it is larger than input and output by just these parts. Without a total, a part that is larger than the whole tells.
/// </remarks>
/// <param name="Input">What to add to the input.</param>
/// <param name="Output">What to add to the output.</param>
internal readonly record struct LeftOutParts(long Input, long Output)
{
    public static LeftOutParts Of(UsageDetails usage, long cache, long reasoning, long toolPrompt) =>
        ByTotal(usage, cache, reasoning, toolPrompt) ?? BySize(usage, cache, reasoning);

    private static LeftOutParts? ByTotal(UsageDetails usage, long cache, long reasoning, long toolPrompt)
    {
        var missing = usage.TotalTokenCount - usage.InputTokenCount - usage.OutputTokenCount;
        if (missing is not > 0)
        {
            return null;
        }

        // The sums overlap only where counts happen to be equal; what adapters are known to leave out goes first.
        return missing == reasoning ? new(0, reasoning)
            : missing == reasoning + toolPrompt ? new(toolPrompt, reasoning)
            : missing == toolPrompt ? new(toolPrompt, 0)
            : missing == cache ? new(cache, 0)
            : missing == cache + reasoning ? new(cache, reasoning)
            : null;
    }

    private static LeftOutParts BySize(UsageDetails usage, long cache, long reasoning) =>
        new(cache > usage.InputTokenCount ? cache : 0, reasoning > usage.OutputTokenCount ? reasoning : 0);
}
