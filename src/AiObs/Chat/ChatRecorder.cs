using System.Diagnostics;
using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Cost.Usage;
using AiObs.Events.Delivery;
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
    private readonly CostTracking? _costs;
    private readonly bool _isObservedFurtherIn;
    private readonly ChatRecorder? _furtherIn;
    private readonly bool _hearsLoops;

    /// <summary>Initializes a new instance of the <see cref="ChatRecorder"/> class.</summary>
    /// <param name="observability">The root, whose pipeline carries the operations.</param>
    /// <param name="innerClient">The client whose calls are recorded.</param>
    /// <param name="costs">The cost tracking of the client, or of one further in.</param>
    public ChatRecorder(AgentObservability observability, IChatClient innerClient, CostTracking? costs)
    {
        var pipeline = observability.Pipeline;
        Pipeline = pipeline;
        _costs = costs;
        _isObservedFurtherIn = pipeline.Faults.Get(MetadataPart, innerClient, FindObserver) is not null;
        _furtherIn = pipeline.Faults.Get(MetadataPart, innerClient, static client => client.GetService<ChatRecorder>());
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        var metadata = pipeline.Faults.Get(MetadataPart, innerClient, static client => client.GetService<ChatClientMetadata>());
        _defaultModel = metadata?.DefaultModelId;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        _hearsLoops = true;
        pipeline.WarnOfInnerTracer(pipeline.Faults.Get(MetadataPart, innerClient, FindTracer));
        if (pipeline.Faults.Get(MetadataPart, innerClient, FindUnheardLoop) is not null)
        {
            pipeline.WarnOfUnheardLoop();
        }
    }

    /// <summary>Initializes a new instance of the <see cref="ChatRecorder"/> class for calls that no chat client makes.</summary>
    /// <param name="observability">The root, whose pipeline carries the operations.</param>
    /// <param name="endpoint">Where the calls go.</param>
    public ChatRecorder(AgentObservability observability, ModelEndpoint endpoint)
    {
        var pipeline = observability.Pipeline;
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _requests = new ChatRequestReader(pipeline);
        _endpoint = endpoint;
    }

    public OperationPipeline Pipeline { get; }

    public bool IsListening => _costs is null ? Pipeline.IsListening : Pipeline.IsOn;

    /// <summary>Gets a value indicating whether none of our clients stands between this one and the model.</summary>
    public bool IsLeaf => !_isObservedFurtherIn;

    /// <summary>Gets a value indicating whether a call is seen that goes from here to the model.</summary>
    private bool SeesModel => IsListening && (IsLeaf || _furtherIn is { SeesModel: true });

    public bool RecordsContent => Pipeline.Masker.Records;

    /// <summary>Reads a sequence of messages once; the list that comes back is what is recorded and what is sent.</summary>
    public static IList<ChatMessage> Materialize(IEnumerable<ChatMessage> messages) => messages as IList<ChatMessage> ?? [.. messages];

    /// <summary>Finds the decorator of ours that observes the calls of a client already.</summary>
    public static IChatClient? FindObserver(IChatClient client) =>
        (IChatClient?)client.GetService<ObservingChatClient>() ?? client.GetService<CostTrackingChatClient>();

    /// <summary>Starts the operation of a call, or joins that of a decorator further out which observes the very same call.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the call; nothing was started.</exception>
    public ChatCall Start(IList<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var confirmation = _hearsLoops ? HearResults(messages) : null;
        var identity = IdentityOf(messages, options);
        var requestModel = options?.ModelId ?? _defaultModel;
        if (FindFurtherOut(identity, requestModel) is { } outer)
        {
            confirmation?.Forgo();
            Join(outer, messages, options);
            return new(outer, IsJoined: true);
        }

        var created = Pipeline.Faults.Get(
            RequestPart,
            (Recorder: this, messages, options, requestModel, isStreaming),
            static state => state.Recorder.Create(state.messages, state.options, state.requestModel, state.isStreaming));
        if (created is null)
        {
            confirmation?.Forgo();
            return default;
        }

        created.Delivery = confirmation;
        created.Costs = CallCosts.Of(CostScope.Choose(_costs) ?? Pipeline.Costs);
        Admit(created, messages, options);
        return new(Pipeline.Faults.Get(RequestPart, (Recorder: this, created), static state => state.Recorder.Open(state.created)), IsJoined: false);
    }

    /// <summary>Starts the operation of an answer that comes later than its call, which was let through and counted then.</summary>
    /// <param name="requestModel">The model that was asked.</param>
    /// <param name="costs">What prices it, with what was set aside for it.</param>
    public ChatOperation? Resume(string? requestModel, CallCosts? costs) => Pipeline.Faults.Get(
        RequestPart,
        (Recorder: this, requestModel, costs),
        static state =>
        {
            var created = state.Recorder.Create([], options: null, state.requestModel, isStreaming: false);
            created.IsLate = true;
            created.Costs = state.costs;
            return state.Recorder.Open(created);
        });

    /// <summary>Ends the operation of a plain call.</summary>
    public void Complete(ChatOperation operation, ChatResponse response)
    {
        Apply(operation, response);
        Pipeline.Complete(operation);
    }

    /// <summary>Puts a response on its operation.</summary>
    public void Apply(ChatOperation operation, ChatResponse response) => Pipeline.Faults.Run(
        ResponsePart,
        (Recorder: this, operation, response),
        static state => state.Recorder.ApplyCore(state.operation, state.response));

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(ChatOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    /// <summary>Notes what an operation that was joined took here, next to the model.</summary>
    public void NoteLeaf(ChatOperation operation, ChatResponse? response)
    {
        if (IsLeaf && response is not null)
        {
            Pipeline.Faults.Run(ResponsePart, (operation, response), static state => state.operation.Leaves.NoteOwn(new(
                UsageNormalizer.Normalize(state.response.Usage),
                state.operation.Costs is null ? default : TokenEstimator.EstimateOutput(state.response),
                state.response.ModelId,
                ServiceTierReader.Read(state.response.AdditionalProperties, request: null))));
        }
    }

    /// <summary>Notes what an operation that was joined took here, next to the model.</summary>
    public void NoteLeaf(ChatOperation operation, StreamAccumulator updates) =>
        Pipeline.Faults.Run(ResponsePart, (operation, updates), static state => state.operation.Leaves.NoteOwn(new(
            UsageNormalizer.Normalize(state.updates.Usage), state.updates.Delivered, state.updates.ModelId, state.updates.ServiceTier)));

    /// <summary>Puts what a stream delivered so far on its operation.</summary>
    public void Apply(ChatOperation operation, StreamAccumulator updates, bool isWhole) => Pipeline.Faults.Run(
        ResponsePart,
        (Recorder: this, operation, updates, isWhole),
        static state => state.Recorder.ApplyCore(state.operation, state.updates, state.isWhole));

    /// <summary>Hears what a function loop around this client tells the model of the calls that it made, and ends those.</summary>
    /// <returns>What durable event sinks have to confirm of them, which this call does along with its own.</returns>
    private DeliveryReceipt? HearResults(IList<ChatMessage> messages) =>
        Pipeline.Faults.Get(RequestPart, messages, UnansweredTools.HearRequest);

    private void Admit(ChatOperation operation, IList<ChatMessage> messages, ChatOptions? options)
    {
        try
        {
            operation.Costs?.Tracking.Admit(operation, messages, options, Pipeline);
        }
        catch
        {
            operation.Delivery?.Forgo();
            throw;
        }
    }

    private ChatOperation Open(ChatOperation operation)
    {
        try
        {
            Pipeline.Start(operation, EnclosingSpan.Find(operation.RequestModel), operation.IsStreaming ? _streamOpenings : _plainOpenings);
        }
        catch
        {
            operation.Costs?.Reservation?.Release();
            throw;
        }

        (operation.Parent as ChatOperation)?.Leaves.NoteNested();
        return operation;
    }

    /// <summary>Brings the cost tracking of this client to an operation that has none, where the client further out could not find it.</summary>
    private void Join(ChatOperation outer, IList<ChatMessage> messages, ChatOptions? options)
    {
        if (outer.Costs is null && _costs is not null)
        {
            outer.Costs = CallCosts.Of(_costs);
            _costs.Admit(outer, messages, options, Pipeline);
        }
    }

    private ChatOperation Create(IList<ChatMessage> messages, ChatOptions? options, string? requestModel, bool isStreaming)
    {
        var operation = new ChatOperation(_endpoint, requestModel, _requests.Read(options, _endpoint.Provider))
        {
            IsStreaming = isStreaming,
            RequestIdentity = IdentityOf(messages, options),
            IsObservedFurtherIn = _isObservedFurtherIn,
            IsSeenFurtherIn = _furtherIn is { SeesModel: true },
        };
        if (options?.AdditionalProperties is { } properties)
        {
            operation.RequestedServiceTier = operation.ServiceTier = ServiceTierReader.Read(response: null, properties);
            operation.Region = RegionReader.Read(response: null, properties);
        }

        NoteConversation(operation, options?.ConversationId);
        Pipeline.Faults.Run(
            RequestPart,
            (Recorder: this, operation, messages, options),
            static state => state.Recorder.RecordRequest(state.operation, state.messages, state.options));
        return operation;
    }

    private void RecordRequest(ChatOperation operation, IList<ChatMessage> messages, ChatOptions? options)
    {
        operation.CountMessages(messages);
        _requests.ReadProperties(operation, options);
        _messages.RecordRequest(operation, messages, options);
    }

    private void ApplyCore(ChatOperation operation, ChatResponse response)
    {
        ApplyResponse(operation, response.ModelId, response.ResponseId, response.ConversationId, response.FinishReason?.Value, response.Usage);
        operation.ServiceTier = ServiceTierReader.Read(response.AdditionalProperties, request: null) ?? operation.ServiceTier;
        operation.Region = RegionReader.Read(response.AdditionalProperties, request: null) ?? operation.Region;
        NoteBackground(operation, response);
        if (operation is { Costs: { } costs, Usage: null or { Output: null } })
        {
            costs.Delivered = TokenEstimator.EstimateOutput(response);
        }

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

    /// <summary>Notes that the model is still at it: what it uses is said to the call that fetches the answer, and counts there.</summary>
    private static void NoteBackground(ChatOperation operation, ChatResponse response)
    {
#pragma warning disable MEAI001 // Experimental: where it goes away, responses in the background do too.
        operation.RunsOn = response is { ContinuationToken: not null, Usage: null };
#pragma warning restore MEAI001
        if (operation.RunsOn)
        {
            (operation.Wire ??= new()).ResponseStatus ??= "in_progress";
        }
    }

    private void ApplyCore(ChatOperation operation, StreamAccumulator updates, bool isWhole)
    {
        // A usage that the protocol told before covers all that was delivered.
        if (operation is { Costs: { } costs } && operation.Usage?.Output is null)
        {
            costs.Delivered = updates.Delivered.Plus(costs.Delivered);
        }

        ApplyResponse(operation, updates.ModelId, updates.ResponseId, updates.ConversationId, updates.FinishReason, updates.Usage);
        operation.ServiceTier = updates.ServiceTier ?? operation.ServiceTier;
        operation.Region = updates.Region ?? operation.Region;
        if (updates.Calls is { } calls && operation.FindAgentRun() is { } agent)
        {
            foreach (var call in calls)
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
        ChatOperation operation, string? model, string? id, string? conversation, string? finishReason, UsageDetails? usage)
    {
        operation.ResponseModel = model is "" ? null : model;
        operation.ResponseId = id is "" ? null : id;
        operation.FinishReason = finishReason;

        // The protocol may have told more than the caller asked for.
        operation.Usage ??= UsageNormalizer.Normalize(usage);
        NoteConversation(operation, conversation);
    }

    private static void NoteConversation(ChatOperation operation, string? conversation) =>
        operation.Context = operation.Context.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);

    /// <summary>Returns what stacked decorators pass on as it is: the last message, or where there is none, what the rest of an answer is fetched with.</summary>
#pragma warning disable CA1859 // It is either of two things; only what it is matters.
    private static object? IdentityOf(IList<ChatMessage> messages, ChatOptions? options) =>
#pragma warning restore CA1859
#pragma warning disable MEAI001 // Experimental: where it goes away, requests without messages do too.
        messages.Count > 0 ? messages[^1] : options?.ContinuationToken;
#pragma warning restore MEAI001

    /// <summary>Tells a second decorator on the same call from another call made inside of it: only the former sees the same last message and model.</summary>
    private static ChatOperation? FindFurtherOut(object? identity, string? requestModel) =>
        identity is not null
        && AmbientOperation.Current is ChatOperation { Outcome: OperationOutcome.Running } ambient
        && ReferenceEquals(ambient.RequestIdentity, identity)
        && ambient.RequestModel == requestModel
            ? ambient
            : null;

    /// <summary>Finds a function loop inside of this client that has no source of anybody's to open spans on.</summary>
    private static FunctionInvokingChatClient? FindUnheardLoop(IChatClient client) =>
        client.GetService<FunctionInvokingChatClient>() is { } loop && loop.GetService<ActivitySource>() is null ? loop : null;

    /// <summary>Finds the tracer next to us, unless it is one of ours: those share the operation.</summary>
    private static ActivitySource? FindTracer(IChatClient client)
    {
        var source = client.GetService<ActivitySource>();
        return ReferenceEquals(source, FindObserver(client)?.GetService<ActivitySource>()) ? null : source;
    }
}
