using System.Text.Json;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Reads the options of a request that hold no content.</summary>
internal sealed class ChatRequestReader(OperationPipeline pipeline)
{
    /// <summary>The additional property that holds a reasoning effort which <see cref="ReasoningEffort"/> has no member for.</summary>
    public const string ReasoningEffortProperty = "reasoning_effort";

    /// <summary>The additional property that holds how many answers are asked for, under its name on the wire.</summary>
    public const string ChoiceCountProperty = "n";

    private const string ResponseIdPrefix = "resp_";

    private readonly bool _hidesParameters = pipeline.Masker.HidesInvocationParameters;
    private readonly string[] _recordedProperties = [.. pipeline.Options.RecordedAdditionalProperties];

    /// <summary>Tells a response that is continued from a conversation: adapters put both in one property.</summary>
    public static bool IsResponseId(string? conversationId) =>
        conversationId?.StartsWith(ResponseIdPrefix, StringComparison.Ordinal) ?? false;

    public ChatRequest Read(ChatOptions? options, string? provider)
    {
        if (options is null)
        {
            return ChatRequest.Default;
        }

        var previousResponse = IsResponseId(options.ConversationId) ? options.ConversationId : null;
        if (_hidesParameters)
        {
            return previousResponse is null ? ChatRequest.Default : new ChatRequest { PreviousResponseId = previousResponse };
        }

        var request = new ChatRequest
        {
            Temperature = ToDouble(options.Temperature),
            TopP = ToDouble(options.TopP),
            TopK = options.TopK,
            MaxTokens = options.MaxOutputTokens,
            FrequencyPenalty = ToDouble(options.FrequencyPenalty),
            PresencePenalty = ToDouble(options.PresencePenalty),
            Seed = options.Seed,
            StopSequences = options.StopSequences is { Count: > 0 } stops ? Mask(stops) : null,
            OutputType = OutputTypeOf(options.ResponseFormat),
            ReasoningLevel = LevelOf(options.Reasoning?.Effort, provider) ?? FurtherLevelOf(options.AdditionalProperties),
            PreviousResponseId = previousResponse,
            ChoiceCount = ChoicesOf(options.AdditionalProperties),
            ToolChoice = ToolChoiceOf(options.ToolMode),
            AllowMultipleToolCalls = options.AllowMultipleToolCalls,
        };
        return request == ChatRequest.Default ? ChatRequest.Default : request;
    }

    /// <summary>Redacts stop sequences, which stand on spans with content off too.</summary>
    public string[] Mask(IEnumerable<string> stopSequences) =>
        pipeline.Masker.Redact(new(RedactionKind.Parameter) { Key = "stop_sequences" }, stopSequences);

    /// <summary>Reads the additional properties that the application chose to record, which may hold anything.</summary>
    public void ReadProperties(ChatOperation operation, ChatOptions? options)
    {
        if (_recordedProperties.Length == 0 || _hidesParameters || options?.AdditionalProperties is not { } properties)
        {
            return;
        }

        var recorded = new List<KeyValuePair<string, RecordedValue>>();
        foreach (var key in _recordedProperties)
        {
            if (properties.TryGetValue(key, out var value) && pipeline.Masker.Value(operation, new(RedactionKind.Parameter) { Key = key }, value) is { } masked)
            {
                recorded.Add(new(key, masked));
            }
        }

        operation.AdditionalProperties = recorded;
    }

    /// <summary>Goes through decimal digits: 0.1f must not become 0.10000000149.</summary>
    private static double? ToDouble(float? value) => value is { } known
        ? Math.Abs(known) < 1e6f ? (double)(decimal)known : known
        : null;

    private static string? OutputTypeOf(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatText => "text",
        ChatResponseFormatJson => "json",
        _ => null,
    };

    private static string? LevelOf(ReasoningEffort? effort, string? provider) => effort switch
    {
        null => null,
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => provider is ProviderNames.OpenAI or ProviderNames.AzureOpenAI ? "xhigh" : "extrahigh",
        _ => null,
    };

    /// <summary>Reads a word that the enumeration does not have, such as <c>minimal</c>.</summary>
    private static string? FurtherLevelOf(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(ReasoningEffortProperty, out var value) ? value as string : null;

    private static int? ChoicesOf(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(ChoiceCountProperty, out var value) && Whole(value) is > 1 and var count ? count : null;

    private static int? Whole(object? value) => value switch
    {
        int count => count,
        long count and <= int.MaxValue => (int)count,
        JsonElement { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var count) => count,
        _ => null,
    };

    private static string? ToolChoiceOf(ChatToolMode? mode) => mode switch
    {
        AutoChatToolMode => "auto",
        NoneChatToolMode => "none",
        RequiredChatToolMode required => required.RequiredFunctionName ?? "required",
        _ => null,
    };
}
