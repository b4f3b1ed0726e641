using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Makes agent runs of the calls to an agent's client.</summary>
internal sealed class AgentRecorder
{
    /// <summary>Function loops look for this property on an <c>invoke_agent</c> span to learn whether they may record arguments and results.</summary>
    private const string SensitiveDataProperty = "__EnableSensitiveData__";

    private readonly MessageRecorder _messages;
    private readonly AgentOptions _options;
    private readonly string _name;
    private readonly string? _provider;

    public AgentRecorder(OperationPipeline pipeline, IChatClient innerClient, string name, AgentOptions options)
    {
        Pipeline = pipeline;
        _messages = new MessageRecorder(pipeline.Masker, pipeline.Faults);
        _name = name;
        _options = options;
        var metadata = pipeline.Faults.Get("metadata", innerClient, static client => client.GetService<ChatClientMetadata>());
        _provider = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri).Provider;
    }

    public OperationPipeline Pipeline { get; }

    public bool IsListening => Pipeline.IsListening;

    public bool RecordsContent => Pipeline.Masker.Records;

    public AgentRunOperation? Start(IList<ChatMessage> messages) => Pipeline.Faults.Get(
        "agent", (Recorder: this, messages), static state => state.Recorder.StartCore(state.messages));

    public void Complete(AgentRunOperation operation, IList<ChatMessage>? messages)
    {
        RecordOutput(operation, messages);
        Pipeline.Complete(operation);
    }

    public void Fail(AgentRunOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    public void RecordOutput(AgentRunOperation operation, IList<ChatMessage>? messages) => Pipeline.Faults.Run(
        "agent",
        (Recorder: this, operation, messages),
        static state =>
        {
            // Sessions show the last answer, not the tool calls on the way to it.
            var answer = state.messages?.LastOrDefault(static message => message.Role == ChatRole.Assistant);
            state.operation.Output = state.Recorder.Value(state.operation, answer, ContentSide.Output);
        });

    private AgentRunOperation StartCore(IList<ChatMessage> messages)
    {
        var operation = new AgentRunOperation(_name)
        {
            AgentId = _options.Id,
            Description = _options.Description,
            Version = _options.Version,
            Provider = _provider,
        };
        Pipeline.Start(operation);
        if (Pipeline.AllowsRawToolContent)
        {
            operation.Activity?.SetCustomProperty(SensitiveDataProperty, "true");
        }

        var question = messages.LastOrDefault(static message => message.Role == ChatRole.User);
        operation.Input = Value(operation, question, ContentSide.Input);
        return operation;
    }

    private RecordedValue? Value(AgentOperation operation, ChatMessage? message, ContentSide side)
    {
        if (!Pipeline.Masker.Records || message is null)
        {
            return null;
        }

        return Pipeline.Masker.HidesMessages(side)
            ? RecordedValue.Redacted
            : _messages.Record(operation, [message], side).ToValue();
    }
}
