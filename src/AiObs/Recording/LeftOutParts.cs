namespace AiObs.Recording;

/// <summary>The parts that an adapter left out of its counts of input and output, although they are parts of them.</summary>
/// <remarks>
/// Bedrock leaves out the cache, Gemini what a model thinks and what its tools put into the prompt, xAI what a model thinks. The total
/// tells: it is larger than input and output by just these parts. Without a total, a part that is larger than the whole tells; but not
/// of a cache, unless it is one that is counted beside the input by the protocol.
/// </remarks>
/// <param name="Input">What to add to the input.</param>
/// <param name="Output">What to add to the output.</param>
internal readonly record struct LeftOutParts(long Input, long Output)
{
    public static LeftOutParts Of(long? input, long? output, long? total, long cache, bool isCacheBeside, long reasoning, long toolPrompt)
    {
        var byTotal = ByTotal(total - input - output, cache, reasoning, toolPrompt);

        // A total that leaves a part larger than its whole is none to go by.
        return byTotal is { } left && cache <= input + left.Input && reasoning <= output + left.Output
            ? left
            : new(cache > input && (isCacheBeside || input == 0) ? cache : 0, reasoning > output ? reasoning : 0);
    }

    // The sums overlap only where counts happen to be equal; what adapters are known to leave out goes first.
    private static LeftOutParts? ByTotal(long? missing, long cache, long reasoning, long toolPrompt) =>
        missing is not > 0 ? null
        : missing == reasoning ? new(0, reasoning)
        : missing == reasoning + toolPrompt ? new(toolPrompt, reasoning)
        : missing == toolPrompt ? new(toolPrompt, 0)
        : missing == cache ? new(cache, 0)
        : missing == cache + reasoning ? new(cache, reasoning)
        : null;
}
