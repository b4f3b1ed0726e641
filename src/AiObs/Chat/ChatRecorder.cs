using System.Diagnostics;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
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
    private readonly AnswerObjects _objects;
    private readonly SpanOpeningCache _plainOpenings = new();
    private readonly SpanOpeningCache _streamOpenings = new();
    private readonly string? _defaultModel;
    private readonly ModelEndpoint _endpoint;
    private readonly RequestedCalls _calls;
    private readonly bool _hearsLoops;
    private readonly bool _tellsFetches;

    /// <summary>Initializes a new instance of the <see cref="ChatRecorder"/> class.</summary>
    /// <param name="pipeline">What carries the operations.</param>
    /// <param name="innerClient">The client whose calls are recorded.</param>
    public ChatRecorder(OperationPipeline pipeline, IChatClient innerClient)
    {
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        _calls = new RequestedCalls(pipeline);
        _tellsFetches = pipeline.Options.GenAIProfile == GenAIProfile.Latest;
        var metadata = pipeline.Faults.Get(MetadataPart, innerClient, static client => client.GetService<ChatClientMetadata>());
        _defaultModel = metadata?.DefaultModelId;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        _hearsLoops = true;

        _objects = new AnswerObjects(
            pipeline, isSum: pipeline.Faults.Get(MetadataPart, innerClient, static client => client.GetService<FunctionInvokingChatClient>()) is not null);
        pipeline.WarnOfInnerTracer(pipeline.Faults.Get(MetadataPart, innerClient, FindTracer));
        if (pipeline.Faults.Get(MetadataPart, innerClient, FindUnheardLoop) is not null)
        {
            pipeline.Warnings.UnheardLoop();
        }
    }

    /// <summary>Initializes a new instance of the <see cref="ChatRecorder"/> class for calls that no chat client makes.</summary>
    /// <param name="pipeline">What carries the operations.</param>
    /// <param name="endpoint">Where the calls go.</param>
    public ChatRecorder(OperationPipeline pipeline, ModelEndpoint endpoint)
    {
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        _calls = new RequestedCalls(pipeline);
        _tellsFetches = pipeline.Options.GenAIProfile == GenAIProfile.Latest;
        _objects = new AnswerObjects(pipeline, isSum: false);
        _endpoint = endpoint;
    }

    public OperationPipeline Pipeline { get; }

    /// <summary>Gets what reads the objects that a provider's SDK hands out; <see langword="null"/> where they say less than the answer.</summary>
    public UsageReaders? Usages => _objects.Usages;

    public bool FollowsCalls => Pipeline.FollowsModelCalls;

    public bool RecordsContent => Pipeline.Masker.Records;

    /// <summary>Makes the operation of a call, ahead of its start; <see langword="null"/> for one that passes unobserved.</summary>
    /// <param name="messages">The messages; a sequence that is no list is known once the model has read it.</param>
    /// <param name="options">The options.</param>
    /// <param name="isStreaming">Whether the answer is a stream.</param>
    public ChatOperation? Prepare(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var confirmation = _hearsLoops && messages is IList<ChatMessage> told ? HearResults(told) : null;
        var requestModel = options?.ModelId ?? _defaultModel;
        var prepared = IsSeenOutside(IdentityOf(messages, options), requestModel) ? null : Pipeline.Faults.Get(
            RequestPart,
            (Recorder: this, messages, options, requestModel, isStreaming),
            static state => state.Recorder.Create(
                state.messages, state.options, state.requestModel, state.isStreaming, isFetch: BackgroundNotes.TokenOf(state.options) is not null));
        if (prepared is null)
        {
            confirmation?.Forgo();
            return null;
        }

        prepared.Confirmation = confirmation;
        return prepared;
    }

    /// <summary>Notes the template that the provider makes the messages of, which no options of a chat client name.</summary>
    public void NotePrompt(ChatOperation prepared, ChatPrompt prompt, IEnumerable<KeyValuePair<string, object?>>? variables)
    {
        if (!prepared.IsMuted)
        {
            Pipeline.Faults.Run(
                RequestPart,
                (_messages, prepared, prompt, variables),
                static state => state._messages.RecordPrompt(state.prepared, state.prompt.Name, state.prompt.Version, state.variables));
        }
    }

    /// <summary>Has the gates let a call through.</summary>
    /// <exception cref="CallRefusedException">A gate refuses the call; nothing was started.</exception>
    public ValueTask AdmitAsync(ChatOperation prepared, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CallRequest(prepared, messages as IList<ChatMessage>, options, Values: null) { Sequence = messages as RequestSequence<ChatMessage> };
            var admission = Pipeline.AdmitAsync(request, cancellationToken);
            return admission.IsCompletedSuccessfully ? default : AwaitAsync(prepared, admission);
        }
        catch
        {
            prepared.Confirmation?.Forgo();
            prepared.LeaveRequest();
            throw;
        }
    }

    /// <summary>Starts an operation that the gates have let through; <see langword="null"/> where its call passes unobserved after all.</summary>
    public ChatOperation? Open(ChatOperation prepared) =>
        Pipeline.Faults.Get(RequestPart, (Recorder: this, prepared), static state => state.Recorder.OpenCore(state.prepared));

    /// <summary>Starts the operation of an answer that comes later than its call, which was let through and counted then.</summary>
    /// <param name="requestModel">The model that was asked.</param>
    /// <param name="ticket">What the gates gave to the call.</param>
    public ChatOperation? Resume(string? requestModel, CallTicket? ticket) => Pipeline.Faults.Get(
        RequestPart,
        (Recorder: this, requestModel, ticket),
        static state =>
        {
            var created = state.Recorder.Create(Array.Empty<ChatMessage>(), options: null, state.requestModel, isStreaming: false, isFetch: true);
            created.IsLate = true;
            created.IsAdmitted = true;
            created.Ticket = state.ticket;
            return state.Recorder.OpenCore(created);
        });

    /// <summary>Ends the operation of a plain call.</summary>
    public void Complete(ChatOperation operation, ChatResponse response)
    {
        Apply(operation, response);
        RecordSequence(operation);
        Pipeline.Complete(operation);
    }

    /// <summary>Puts a response on its operation.</summary>
    public void Apply(ChatOperation operation, ChatResponse response) => Pipeline.Faults.Run(
        ResponsePart,
        (Recorder: this, operation, response),
        static state => state.Recorder.ApplyCore(state.operation, state.response));

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(ChatOperation operation, Exception exception, bool callerCancelled)
    {
        RecordSequence(operation);
        Pipeline.Fail(operation, exception, callerCancelled);
    }

    /// <summary>Puts what a stream delivered so far on its operation.</summary>
    public void Apply(ChatOperation operation, StreamAccumulator updates, bool isWhole)
    {
        RecordSequence(operation);
        Pipeline.Faults.Run(
            ResponsePart,
            (Recorder: this, operation, updates, isWhole),
            static state => state.Recorder.ApplyCore(state.operation, state.updates, state.isWhole));
    }

    /// <summary>Hears what a function loop around this client tells the model of the calls that it made, and ends those.</summary>
    /// <returns>What durable event sinks have to confirm of them, which this call does along with its own.</returns>
    private Confirmation? HearResults(IList<ChatMessage> messages) =>
        Pipeline.Faults.Get(RequestPart, messages, UnansweredTools.HearRequest);

    private static async ValueTask AwaitAsync(ChatOperation prepared, ValueTask admission)
    {
        try
        {
            await admission.ConfigureAwait(false);
        }
        catch
        {
            prepared.Confirmation?.Forgo();
            prepared.LeaveRequest();
            throw;
        }
    }

    private ChatOperation OpenCore(ChatOperation operation)
    {
        try
        {
            var openings = operation.IsFetch ? null : operation.IsStreaming ? _streamOpenings : _plainOpenings;
            Pipeline.Start(operation, operation.IsMuted ? null : EnclosingSpan.Find(operation.RequestModel), openings);
        }
        catch
        {
            Pipeline.Gates.Release(operation);
            throw;
        }

        if (operation.Parent is ModelOperation { IsInsideOfTool: false } outer && ReferenceEquals(outer.HiddenObserver, this) && outer.IsOf(Pipeline.Ids))
        {
            // It left the first round to that operation, which then adds this one up too.
            Pipeline.Warnings.Hidden(operation.RequestModel ?? "unknown");
        }

        return operation;
    }

    private ChatOperation Create(IEnumerable<ChatMessage> messages, ChatOptions? options, string? requestModel, bool isStreaming, bool isFetch)
    {
        var operation = new ChatOperation(_endpoint, requestModel, _requests.Read(options, _endpoint.Provider))
        {
            IsStreaming = isStreaming,
            IsFetch = isFetch && _tellsFetches,
            IsMuted = !Pipeline.IsOn,
            IsOfClient = _hearsLoops,
            RequestIdentity = IdentityOf(messages, options),
        };
        if (options?.AdditionalProperties is { } properties)
        {
            operation.RequestedServiceTier = operation.ServiceTier = ServiceTierReader.Read(response: null, properties);
            operation.Region = RegionReader.Read(response: null, properties);
            operation.Speed = SpeedReader.Read(response: null, properties);
        }

        NoteConversation(operation, options?.ConversationId);
        if (operation.IsMuted)
        {
            return operation;
        }

        Pipeline.Faults.Run(
            RequestPart,
            (Recorder: this, operation, messages, options),
            static state => state.Recorder.RecordRequest(state.operation, state.messages, state.options));
        return operation;
    }

    private void RecordRequest(ChatOperation operation, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _requests.ReadProperties(operation, options);
        if (messages is IList<ChatMessage> list)
        {
            RecordMessages(operation, list);
        }

        _messages.RecordOptions(operation, options);
    }

    private void RecordMessages(ChatOperation operation, IList<ChatMessage> messages)
    {
        operation.CountMessages(messages);
        _messages.RecordRequest(operation, messages);
    }

    /// <summary>Records what the model has read of messages that are no list.</summary>
    private void RecordSequence(ChatOperation operation)
    {
        if (operation is { IsMuted: false, RequestIdentity: RequestSequence<ChatMessage> sequence })
        {
            Pipeline.Faults.Run(
                RequestPart,
                (Recorder: this, operation, sequence),
                static state => state.Recorder.RecordMessages(state.operation, state.sequence.HandedOn));
        }

        operation.LeaveRequest();
    }

    private void ApplyCore(ChatOperation operation, ChatResponse response)
    {
        var usage = _objects.Read(operation, response);
        ApplyResponse(operation, response.ModelId, response.ResponseId, response.ConversationId, response.FinishReason?.Value, usage);
        operation.ServiceTier = ServiceTierReader.Read(response.AdditionalProperties, request: null) ?? operation.ServiceTier;
        operation.Region = RegionReader.Read(response.AdditionalProperties, request: null) ?? operation.Region;
        operation.Speed = SpeedReader.Read(response.AdditionalProperties, request: null) ?? operation.Speed;
        BackgroundNotes.NoteRunning(operation, response);
        BackgroundNotes.NoteStatus(operation);
        operation.HasSeveralRounds = RoundCounter.HasSeveralIn(response.Messages);
        _objects.NoteOrigin(operation, ReplayWatch.HasObject(response), response.CreatedAt);
        Pipeline.Gates.Note(operation, response);
        _calls.Note(operation, response.Messages);

        if (!operation.IsMuted)
        {
            _messages.RecordResponse(operation, response.Messages, isWhole: true);
        }
    }

    private void ApplyCore(ChatOperation operation, StreamAccumulator updates, bool isWhole)
    {
        var usage = AnswerObjects.Read(operation, updates);
        ApplyResponse(operation, updates.ModelId, updates.ResponseId, updates.ConversationId, updates.FinishReason, usage);
        operation.ServiceTier = updates.ServiceTier ?? operation.ServiceTier;
        operation.Region = updates.Region ?? operation.Region;
        operation.Speed = updates.Speed ?? operation.Speed;
        operation.HasSeveralRounds = updates.HasSeveralRounds;
        BackgroundNotes.NoteStatus(operation);
        _objects.NoteOrigin(operation, updates.HasObject, updates.CreatedAt);
        _calls.Note(operation, updates.Calls);

        if (updates.ToMessages(operation.Wire?.Choices) is { } messages)
        {
            _messages.RecordResponse(operation, messages, isWhole);
        }
    }

    private static void ApplyResponse(
        ChatOperation operation, string? model, string? id, string? conversation, string? finishReason, UsageDetails? usage)
    {
        operation.ResponseModel = model is "" ? null : model;
        operation.ResponseId = id is "" ? null : id;
        operation.FinishReason = operation.Wire?.Choices?.FirstOrDefault(static choice => choice.FinishReason is not null).FinishReason ?? finishReason;

        // The protocol may have told more than the caller asked for.
        operation.Usage ??= UsageNormalizer.Normalize(usage, operation.Endpoint.Provider);
        NoteConversation(operation, conversation);
    }

    private static void NoteConversation(ChatOperation operation, string? conversation) =>
        operation.Context = operation.Context.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);

    /// <summary>Returns what stacked decorators pass on as it is: the last message, or where there is none, what the rest of an answer is fetched with.</summary>
    private static object? IdentityOf(IEnumerable<ChatMessage> messages, ChatOptions? options) => messages switch
    {
        IList<ChatMessage> { Count: > 0 } list => list[^1],
        RequestSequence<ChatMessage> => messages,
        _ => BackgroundNotes.TokenOf(options),
    };

    /// <summary>Tells whether a request is the one that stands further out, which may have come as a sequence and is a list by now.</summary>
    private static bool IsSame(object? outer, object identity) =>
        ReferenceEquals(outer, identity) || (outer is RequestSequence<ChatMessage> { HandedOn: [.., var last] } && ReferenceEquals(last, identity));

    /// <summary>Tells a second observer on the same call, of which nothing was to be seen when the client was built, from another call made inside of it.</summary>
    /// <remarks>Only the former sees the same last message and model, as far as the one outside knows the model, and no tool asks it. It leaves the call to that one, unless gates let this one through and none did that one.</remarks>
    private bool IsSeenOutside(object? identity, string? requestModel)
    {
        if (identity is null
            || AmbientOperation.Current is not ChatOperation { Outcome: OperationOutcome.Running, IsInsideOfTool: false } outer
            || !IsSame(outer.RequestIdentity, identity)
            || (outer.IsMuted && Pipeline.IsOn)
            || (outer.RequestModel is { } outerModel && outerModel != requestModel)
            || (outer.Ticket is null && Pipeline.Gates.Any))
        {
            return false;
        }

        if (outer.HiddenObserver is not null)
        {
            // A further try of the same call; the first one is counted with the operation.
            outer.FindOwnAgentRun()?.CountIteration();
        }

        outer.HiddenObserver = this;
        return true;
    }

    /// <summary>Finds a function loop inside of this client that has no source of anybody's to open spans on.</summary>
    private static FunctionInvokingChatClient? FindUnheardLoop(IChatClient client) =>
        client.GetService<FunctionInvokingChatClient>() is { } loop && loop.GetService<ActivitySource>() is null ? loop : null;

    /// <summary>Finds the tracer next to us, unless it is one of ours: those share the operation.</summary>
    private static ActivitySource? FindTracer(IChatClient client)
    {
        var source = client.GetService<ActivitySource>();
        return ReferenceEquals(source, client.GetService<ObservingChatClient>()?.GetService<ActivitySource>()) ? null : source;
    }
}
