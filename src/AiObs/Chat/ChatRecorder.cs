using System.Diagnostics;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Makes chat operations of a client's requests and responses.</summary>
internal sealed class ChatRecorder
{
    private const string MetadataPart = "metadata";
    private const string RequestPart = "request";
    private const string ResponsePart = "response";

    private readonly MessageRecorder _messages;
    private readonly ChatRequestReader _requests;
    private readonly SpanOpeningCache _plainOpenings = new();
    private readonly SpanOpeningCache _streamOpenings = new();
    private readonly string? _defaultModel;
    private readonly ModelEndpoint _endpoint;

    public ChatRecorder(OperationPipeline pipeline, IChatClient innerClient)
    {
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        var metadata = pipeline.Faults.Get(MetadataPart, innerClient, static client => client.GetService<ChatClientMetadata>());
        _defaultModel = metadata?.DefaultModelId;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        pipeline.WarnOfInnerTracer(pipeline.Faults.Get(MetadataPart, innerClient, FindTracer));
    }

    public OperationPipeline Pipeline { get; }

    public bool IsListening => Pipeline.IsListening;

    public bool RecordsContent => Pipeline.Masker.Records;

    /// <summary>Reads a sequence of messages once; the list that comes back is what is recorded and what is sent.</summary>
    public static IList<ChatMessage> Materialize(IEnumerable<ChatMessage> messages) => messages as IList<ChatMessage> ?? [.. messages];

    /// <summary>Starts the operation of a call; <see langword="null"/> when a decorator further out observes the very same call.</summary>
    public ChatOperation? Start(IList<ChatMessage> messages, ChatOptions? options, bool isStreaming) => Pipeline.Faults.Get(
        RequestPart,
        (Recorder: this, messages, options, isStreaming),
        static state => state.Recorder.StartCore(state.messages, state.options, state.isStreaming));

    /// <summary>Ends the operation of a plain call.</summary>
    public void Complete(ChatOperation operation, ChatResponse response)
    {
        Pipeline.Faults.Run(
            ResponsePart,
            (Recorder: this, operation, response),
            static state => state.Recorder.Apply(state.operation, state.response));
        Pipeline.Complete(operation);
    }

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(ChatOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    /// <summary>Puts what a stream delivered so far on its operation.</summary>
    public void Apply(ChatOperation operation, StreamAccumulator updates, bool isWhole) => Pipeline.Faults.Run(
        ResponsePart,
        (Recorder: this, operation, updates, isWhole),
        static state => state.Recorder.ApplyCore(state.operation, state.updates, state.isWhole));

    private ChatOperation? StartCore(IList<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var identity = messages.Count > 0 ? messages[^1] : null;
        var requestModel = options?.ModelId ?? _defaultModel;
        if (IsObservedFurtherOut(identity, requestModel))
        {
            return null;
        }

        var operation = new ChatOperation(_endpoint, requestModel, _requests.Read(options, _endpoint.Provider))
        {
            IsStreaming = isStreaming,
            RequestIdentity = identity,
            OpeningCache = isStreaming ? _streamOpenings : _plainOpenings,
        };
        NoteConversation(operation, options?.ConversationId);
        Pipeline.Faults.Run(
            RequestPart,
            (Recorder: this, operation, messages, options),
            static state => state.Recorder.RecordRequest(state.operation, state.messages, state.options));
        Pipeline.Start(operation, EnclosingSpan.Find(requestModel));
        return operation;
    }

    private void RecordRequest(ChatOperation operation, IList<ChatMessage> messages, ChatOptions? options)
    {
        _requests.ReadProperties(operation, options);
        _messages.RecordRequest(operation, messages, options);
    }

    private void Apply(ChatOperation operation, ChatResponse response)
    {
        ApplyResponse(operation, response.ModelId, response.ResponseId, response.ConversationId, response.FinishReason, response.Usage);
        if (operation.FindAgentRun() is { } agent)
        {
            foreach (var content in response.Messages.SelectMany(static message => message.Contents))
            {
                if (content is FunctionCallContent call)
                {
                    agent.ToolCalls.Add(call);
                }
            }
        }

        _messages.RecordResponse(operation, response.Messages, isWhole: true);
    }

    private void ApplyCore(ChatOperation operation, StreamAccumulator updates, bool isWhole)
    {
        ApplyResponse(operation, updates.ModelId, updates.ResponseId, updates.ConversationId, updates.FinishReason, updates.Usage);
        if (updates.Calls.Count > 0 && operation.FindAgentRun() is { } agent)
        {
            foreach (var call in updates.Calls)
            {
                agent.ToolCalls.Add(call);
            }
        }

        if (updates.ToMessages() is { } messages)
        {
            _messages.RecordResponse(operation, messages, isWhole);
        }
    }

    private static void ApplyResponse(
        ChatOperation operation, string? model, string? id, string? conversation, ChatFinishReason? finishReason, UsageDetails? usage)
    {
        operation.ResponseModel = model;
        operation.ResponseId = id;
        operation.FinishReason = finishReason?.Value;
        operation.Usage = UsageNormalizer.Normalize(usage);
        NoteConversation(operation, conversation);
    }

    private static void NoteConversation(ChatOperation operation, string? conversation) =>
        operation.Context = operation.Context.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);

    /// <summary>Tells a second decorator on the same call from another call made inside of it: only the former sees the same last message and model.</summary>
    private static bool IsObservedFurtherOut(ChatMessage? identity, string? requestModel) =>
        identity is not null
        && AmbientOperation.Current is ChatOperation { Outcome: OperationOutcome.Running } ambient
        && ReferenceEquals(ambient.RequestIdentity, identity)
        && ambient.RequestModel == requestModel;

    /// <summary>Finds the tracer next to us, unless it is one of ours: those share the operation.</summary>
    private static ActivitySource? FindTracer(IChatClient client)
    {
        var source = client.GetService<ActivitySource>();
        return ReferenceEquals(source, client.GetService<ObservingChatClient>()?.GetService<ActivitySource>()) ? null : source;
    }
}
