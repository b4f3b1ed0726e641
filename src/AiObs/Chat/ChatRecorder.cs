using System.Diagnostics;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Makes chat operations of a client's requests and responses.</summary>
internal sealed class ChatRecorder
{
    private readonly MessageRecorder _messages;
    private readonly ChatRequestReader _requests;
    private readonly string? _defaultModel;
    private readonly ModelEndpoint _endpoint;

    public ChatRecorder(OperationPipeline pipeline, IChatClient innerClient)
    {
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        var metadata = pipeline.Faults.Get("metadata", innerClient, static client => client.GetService<ChatClientMetadata>());
        _defaultModel = metadata?.DefaultModelId;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        pipeline.InnerTracers.Check(
            pipeline.Faults.Get("metadata", innerClient, static client => client.GetService<ActivitySource>()), pipeline.Source);
    }

    public OperationPipeline Pipeline { get; }

    public bool IsListening => Pipeline.IsListening;

    public bool RecordsContent => Pipeline.Masker.Records;

    /// <summary>Reads a sequence of messages once; the list that comes back is what is recorded and what is sent.</summary>
    public static IList<ChatMessage> Materialize(IEnumerable<ChatMessage> messages) => messages as IList<ChatMessage> ?? [.. messages];

    /// <summary>Starts the operation of a call; <see langword="null"/> when a decorator further out observes the very same call.</summary>
    public ChatOperation? Start(IList<ChatMessage> messages, ChatOptions? options, bool isStreaming) => Pipeline.Faults.Get(
        "chat",
        (Recorder: this, messages, options, isStreaming),
        static state => state.Recorder.StartCore(state.messages, state.options, state.isStreaming));

    /// <summary>Ends the operation of a plain call.</summary>
    public void Complete(ChatOperation operation, ChatResponse response)
    {
        Pipeline.Faults.Run(
            "chat",
            (Recorder: this, operation, response),
            static state => state.Recorder.Apply(state.operation, state.response));
        Pipeline.Complete(operation);
    }

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(ChatOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    /// <summary>Puts what a stream delivered so far on its operation.</summary>
    public void Apply(ChatOperation operation, StreamAccumulator updates) => Pipeline.Faults.Run(
        "chat",
        (Recorder: this, operation, updates),
        static state => state.Recorder.ApplyCore(state.operation, state.updates));

    private ChatOperation? StartCore(IList<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var identity = messages.Count > 0 ? messages[^1] : null;
        if (IsObservedFurtherOut(identity))
        {
            return null;
        }

        var requestModel = options?.ModelId ?? _defaultModel;
        var operation = new ChatOperation(_endpoint, requestModel, _requests.Read(options, _endpoint.Provider))
        {
            IsStreaming = isStreaming,
            RequestIdentity = identity,
        };
        Pipeline.Start(operation, EnclosingSpan.Find(requestModel));
        var conversation = options?.ConversationId;
        operation.Context = operation.Context.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);
        _requests.ReadProperties(operation, options);
        _messages.RecordRequest(operation, messages, options);
        return operation;
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

        _messages.RecordResponse(operation, response.Messages);
    }

    private void ApplyCore(ChatOperation operation, StreamAccumulator updates)
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
            _messages.RecordResponse(operation, messages);
        }
    }

    private static void ApplyResponse(
        ChatOperation operation, string? model, string? id, string? conversation, ChatFinishReason? finishReason, UsageDetails? usage)
    {
        operation.ResponseModel = model;
        operation.ResponseId = id;
        operation.FinishReason = finishReason?.Value;
        operation.Usage = UsageNormalizer.Normalize(usage);
        operation.Context = operation.Context.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);
    }

    /// <summary>Tells a second decorator on the same call from another call made inside of it: only the former sees the same last message.</summary>
    private static bool IsObservedFurtherOut(ChatMessage? identity) =>
        AmbientOperation.Current is ChatOperation { Outcome: OperationOutcome.Running } ambient
        && ReferenceEquals(ambient.RequestIdentity, identity);
}
