using AiObs.Operations.Content;
using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>One chat request to a model, plain or streamed.</summary>
public sealed class ChatOperation : ModelOperation
{
    private static readonly TimeSpan Unknown = TimeSpan.MinValue;

    private TimeSpan _timeToFirstChunk = Unknown;
    private ServiceTerms? _terms;

    internal ChatOperation(ModelEndpoint endpoint, string? requestModel, ChatRequest request)
        : base(OperationKind.Chat, endpoint, requestModel) => Request = request;

    /// <summary>Gets the options of the request.</summary>
    public ChatRequest Request { get; }

    /// <summary>Gets a value indicating whether the caller asked for a stream.</summary>
    public bool IsStreaming { get; internal set; }

    /// <summary>Gets a value indicating whether it completes a text instead of answering messages.</summary>
    public bool IsTextCompletion { get; internal set; }

    /// <summary>Gets how many messages the request has: the length of the history.</summary>
    public int MessageCount { get; private set; }

    /// <summary>Gets how many user messages come after the last message of the assistant.</summary>
    public int NewUserMessageCount { get; private set; }

    /// <summary>Gets the provider's id of the response.</summary>
    public string? ResponseId { get; internal set; }

    /// <summary>Gets why the model stopped, in the provider's word; <see langword="null"/> when it did not say.</summary>
    public string? FinishReason { get; internal set; }

    /// <summary>Gets the tier that the call was served on, such as <c>batch</c> or <c>priority</c>; <see langword="null"/> when neither the response nor the request said.</summary>
    public string? ServiceTier { get; internal set; }

    /// <summary>Gets what the gate is called that ended the stream early, such as <c>budget</c>; the call then counts as completed, and what was delivered is all there is. <see langword="null"/> where none did.</summary>
    public string? EndedBy { get; internal set; }

    /// <summary>Gets the time from the request to the first update of a stream, without the consumer's time.</summary>
    public TimeSpan? TimeToFirstChunk
    {
        get => _timeToFirstChunk >= TimeSpan.Zero ? _timeToFirstChunk : null;
        internal set => _timeToFirstChunk = value ?? Unknown;
    }

    /// <summary>Gets how many updates a stream delivered.</summary>
    public int ChunkCount { get; internal set; }

    /// <summary>Gets the instructions that were passed beside the messages; <see langword="null"/> unless content is recorded.</summary>
    public string? Instructions
    {
        get => Content?.Instructions;
        internal set => Set(value, static (content, value) => content.Instructions = value);
    }

    /// <summary>Gets the messages of the request; <see langword="null"/> unless content is recorded.</summary>
    public RecordedMessages? InputMessages
    {
        get => Content?.InputMessages;
        internal set => Set(value, static (content, value) => content.InputMessages = value);
    }

    /// <summary>Gets the messages of the response; <see langword="null"/> unless content is recorded.</summary>
    public RecordedMessages? OutputMessages
    {
        get => Content?.OutputMessages;
        internal set => Set(value, static (content, value) => content.OutputMessages = value);
    }

    /// <summary>Gets the tools offered to the model; their names and types alone unless content is recorded, and <see langword="null"/> where they are hidden.</summary>
    public IReadOnlyList<RecordedTool>? Tools
    {
        get => Content?.Tools;
        internal set => Set(value, static (content, value) => content.Tools = value);
    }

    /// <summary>Gets the entries of <c>ChatOptions.AdditionalProperties</c> that <see cref="AgentObservabilityOptions.RecordedAdditionalProperties"/> names.</summary>
    public IReadOnlyList<KeyValuePair<string, RecordedValue>>? AdditionalProperties
    {
        get => Content?.AdditionalProperties;
        internal set => Set(value, static (content, value) => content.AdditionalProperties = value);
    }

    /// <summary>Gets or sets the template that the messages were made of; <see langword="null"/> where nobody said that there was one with a name.</summary>
    internal ChatPrompt? Prompt { get; set; }

    /// <summary>Gets or sets a value indicating whether what the model is shown is known to be a shortened view of a longer conversation.</summary>
    internal bool IsCompacted { get; set; }

    /// <summary>Gets or sets the tier that was asked for, which holds where the response does not name one.</summary>
    internal string? RequestedServiceTier { get; set; }

    /// <summary>Gets or sets the region or data zone that served the call, on which its price may depend.</summary>
    internal string? Region
    {
        get => _terms?.Region;
        set
        {
            if (value is not null || _terms is not null)
            {
                (_terms ??= new()).Region = value;
            }
        }
    }

    /// <summary>Gets or sets the speed that it was served at, on which its price may depend.</summary>
    internal string? Speed
    {
        get => _terms?.Speed;
        set
        {
            if (value is not null || _terms is not null)
            {
                (_terms ??= new()).Speed = value;
            }
        }
    }

    /// <summary>Gets or sets a value indicating whether the protocol told what the whole call used, also where not all of it was delivered.</summary>
    internal bool HasWholeUsage { get; set; }

    /// <summary>Gets or sets what the latest update of a stream brought; known where somebody wants to hear of updates.</summary>
    internal string? ChunkType { get; set; }

    /// <summary>Gets or sets a value indicating whether the model works on in the background, so that what it uses belongs to the call that fetches the answer.</summary>
    internal bool RunsOn { get; set; }

    /// <summary>Gets or sets a value indicating whether a function loop inside made several calls of the model of it.</summary>
    internal bool HasSeveralRounds { get; set; }

    /// <summary>Gets or sets a value indicating whether it only brings the answer of a call that was made, and counted, earlier.</summary>
    internal bool IsLate { get; set; }

    /// <summary>Gets a value indicating whether it only fetches a response that was asked for earlier, and the profile has a name for that.</summary>
    internal bool IsFetch { get; init; }

    /// <summary>Gets or sets a value indicating whether a cache answered with what a model had said before, so that nothing was used.</summary>
    internal bool IsReplay { get; set; }

    /// <inheritdoc/>
    public override RecordedValue? Input
    {
        get => base.Input ??= MessageJson.WriteInput(Instructions, InputMessages) is { } json ? RecordedValue.Json(json) : null;
        internal set => base.Input = value;
    }

    /// <inheritdoc/>
    public override RecordedValue? Output
    {
        get => base.Output ??= OutputMessages?.ToValue();
        internal set => base.Output = value;
    }

    internal void CountMessages(IList<ChatMessage> messages)
    {
        MessageCount = messages.Count;
        for (var i = messages.Count - 1; i >= 0 && messages[i].Role != ChatRole.Assistant; i--)
        {
            if (messages[i].Role == ChatRole.User)
            {
                NewUserMessageCount++;
            }
        }
    }
}
