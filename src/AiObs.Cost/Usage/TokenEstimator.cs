using Microsoft.Extensions.AI;

namespace AiObs.Cost.Usage;

/// <summary>Estimates tokens before a call, for a budget, and after one that reported no usage. See <see cref="TextMeasure"/> for how, and how exact it is.</summary>
internal static class TokenEstimator
{
    /// <summary>What roles and separators take around each message and each tool, about.</summary>
    private const int TokensAround = 4;

    /// <summary>Estimates the tokens of a text.</summary>
    public static long Estimate(ReadOnlySpan<char> text)
    {
        var measure = default(TextMeasure);
        measure.Add(text);
        return measure.Tokens;
    }

    /// <summary>Estimates the input of a request: instructions, tools and messages, without images, sound and files.</summary>
    /// <param name="messages">The messages; hand in a list, as a lazy sequence would run once more.</param>
    /// <param name="options">The options of the request.</param>
    public static TokenEstimate EstimateInput(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        MeasureInput(messages, options).Estimate;

    /// <summary>Measures the input of a request, for who wants to know how much it can be at the most, too.</summary>
    /// <param name="messages">The messages; hand in a list, as a lazy sequence would run once more.</param>
    /// <param name="options">The options of the request.</param>
    public static ContentMeasure MeasureInput(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var measure = default(ContentMeasure);
        AddOptions(ref measure, options);
        AddMessages(ref measure, messages);
        return measure;
    }

    /// <summary>Estimates the output of a response.</summary>
    public static TokenEstimate EstimateOutput(ChatResponse response)
    {
        var measure = default(ContentMeasure);
        for (var index = 0; index < response.Messages.Count; index++)
        {
            measure.Add(response.Messages[index].Contents);
        }

        return measure.Estimate;
    }

    private static void AddOptions(ref ContentMeasure measure, ChatOptions? options)
    {
        measure.Add(options?.Instructions);
        if (options?.Tools is not { } tools)
        {
            return;
        }

        for (var index = 0; index < tools.Count; index++)
        {
            measure.AddOverhead(TokensAround);
            if (tools[index] is AIFunctionDeclaration function)
            {
                measure.Add(function.Name);
                measure.Add(function.Description);
                measure.Add(function.JsonSchema);
            }
        }
    }

    private static void AddMessages(ref ContentMeasure measure, IEnumerable<ChatMessage> messages)
    {
        if (messages is IList<ChatMessage> list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                Add(ref measure, list[index]);
            }

            return;
        }

        foreach (var message in messages)
        {
            Add(ref measure, message);
        }
    }

    private static void Add(ref ContentMeasure measure, ChatMessage message)
    {
        measure.AddOverhead(TokensAround);
        measure.Add(message.Contents);
    }
}
