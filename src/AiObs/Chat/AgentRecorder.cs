using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Privacy.Redaction;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Makes agent runs of the calls to an agent's client.</summary>
internal sealed class AgentRecorder
{
    private const string Part = "agent";

    private readonly LastWords _words;
    private readonly AgentOptions _options;
    private readonly string _name;
    private readonly string? _provider;
    private readonly bool _seesModelCalls;
    private readonly bool _hearsLoop;

    public AgentRecorder(OperationPipeline pipeline, IChatClient innerClient, string name, AgentOptions options)
    {
        Pipeline = pipeline;
        _words = new LastWords(pipeline.Masker, pipeline.Faults);
        _name = name;
        _options = options;
        var metadata = pipeline.Faults.Get("metadata", innerClient, static client => client.GetService<ChatClientMetadata>());
        _provider = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri).Provider;
        _seesModelCalls = ObservingChatClient.FindIn(innerClient) is not null;
        _hearsLoop = pipeline.Faults.Get("metadata", innerClient, static client => client.GetService<FunctionInvokingChatClient>()) is not null;
    }

    public OperationPipeline Pipeline { get; }

    public bool IsListening => Pipeline.IsListening;

    public bool RecordsContent => Pipeline.Masker.Records;

    public AgentRunOperation? Start(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        // A loop around the agent tells it the results of its own calls. What is inside of the agent hears of the agent's alone.
        var confirmation = messages is IList<ChatMessage> told ? Pipeline.Faults.Get(Part, told, UnansweredTools.HearRequest) : null;
        var operation = Pipeline.Faults.Get(
            Part,
            (Recorder: this, messages, options, confirmation),
            static state => state.Recorder.StartCore(state.messages, state.options, state.confirmation));
        if (operation is null)
        {
            confirmation?.Forgo();
        }

        return operation;
    }

    /// <summary>Records what was read of messages that are no list; others were recorded at the start.</summary>
    public void RecordInput(AgentRunOperation operation, IEnumerable<ChatMessage> messages)
    {
        if (messages is RequestSequence<ChatMessage> sequence)
        {
            RecordInput(operation, sequence.HandedOn);
        }
    }

    public void Complete(AgentRunOperation operation, ChatResponse response)
    {
        Pipeline.Faults.Run(Part, (operation, response), static state =>
            state.operation.Confirmation = state.operation.Unanswered!.Hear(state.response?.Messages ?? [], state.operation.Confirmation));
        Pipeline.Faults.Run(
            Part,
            (Recorder: this, operation, response),
            static state => state.Recorder.RecordOutput(state.operation, state.response));
        Pipeline.Complete(operation);
    }

    public void Fail(AgentRunOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    /// <summary>Hears what a stream tells of the calls of its function loop.</summary>
    public static void Hear(AgentRunOperation operation, ChatResponseUpdate update) =>
        operation.Confirmation = operation.Unanswered!.Hear(update, operation.Confirmation);

    /// <summary>Puts what a stream delivered so far on its operation.</summary>
    public void Apply(AgentRunOperation operation, IReadOnlyList<ChatResponseUpdate> updates) => Pipeline.Faults.Run(
        Part,
        (Recorder: this, operation, updates),
        static state => state.Recorder.RecordOutput(state.operation, state.updates.ToChatResponse()));

    /// <summary>Notes a conversation that became known; the application's own stays.</summary>
    public static void NoteConversation(AgentRunOperation operation, string? conversationId)
    {
        if (!ChatRequestReader.IsResponseId(conversationId))
        {
            operation.Context = operation.Context.WithFallbackConversation(conversationId);
        }
    }

    private void RecordInput(AgentRunOperation operation, IList<ChatMessage> messages) => Pipeline.Faults.Run(
        Part,
        (Recorder: this, operation, messages),
        static state => state.operation.Input =
            state.Recorder._words.Read(state.operation, state.messages, ChatRole.User, ContentSide.Input));

    private AgentRunOperation StartCore(IEnumerable<ChatMessage> messages, ChatOptions? options, Confirmation? confirmation)
    {
        var operation = new AgentRunOperation(_name)
        {
            AgentId = _options.Id,
            Description = _options.Description,
            Version = _options.Version,
            Provider = _provider,
            SeesModelCalls = _seesModelCalls,
            IsLoopHeard = _hearsLoop,
            Confirmation = confirmation,
        };
        NoteConversation(operation, options?.ConversationId ?? AmbientOperation.Current?.Context.ConversationId);
        if (messages is IList<ChatMessage> list)
        {
            RecordInput(operation, list);
        }

        Pipeline.Start(operation);
        return operation;
    }

    private void RecordOutput(AgentRunOperation operation, ChatResponse response)
    {
        NoteConversation(operation, response.ConversationId);
        operation.Output = _words.Read(operation, response.Messages, ChatRole.Assistant, ContentSide.Output);
    }
}
