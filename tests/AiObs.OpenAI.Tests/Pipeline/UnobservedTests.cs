using System.ClientModel.Primitives;
using AiObs.OpenAI.Pipeline;
using AiObs.TestSupport;

namespace AiObs.OpenAI.Tests.Pipeline;

/// <summary>What passes the policies as if they were not there.</summary>
public sealed class UnobservedTests : IDisposable
{
    private readonly string _source = $"raw-{Guid.NewGuid():N}";
    private readonly AgentObservability _root;
    private readonly PipelinePolicy[] _policies;

    public UnobservedTests()
    {
        _root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = _source));
        var calls = new CallPolicy(_root);
        _policies = [calls, new AttemptPolicy(calls, _root), new LastPolicy()];
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Process_NobodyListens_AllocatesNothing(bool isSync)
    {
        using var message = Message("POST", "https://api.openai.com/v1/chat/completions");

        Assert.Equal(0, Measure(message, isSync));
    }

    [Theory]
    [InlineData("GET", "https://api.openai.com/v1/models", false)]
    [InlineData("POST", "https://api.openai.com/v1/files", true)]
    [InlineData("POST", "https://api.openai.com/v1/responses/resp_1/cancel", false)]
    [InlineData("GET", "https://api.openai.com/v1/responses/resp_1", true)]
    public void Process_AnotherEndpoint_AllocatesNothing(string method, string address, bool isSync)
    {
        using var spans = new SpanCollector(_source);
        using var message = Message(method, address);

        Assert.Equal(0, Measure(message, isSync));
        Assert.Empty(spans.Started);
    }

    private static PipelineMessage Message(string method, string address)
    {
        var message = ClientPipeline.Create().CreateMessage();
        message.Request.Method = method;
        message.Request.Uri = new Uri(address);
        return message;
    }

    private double Measure(PipelineMessage message, bool isSync) => isSync
        ? AllocationMeter.BytesPerRun(() => _policies[0].Process(message, _policies, 0))
        : AllocationMeter.BytesPerRun(() => _policies[0].ProcessAsync(message, _policies, 0));

    /// <summary>Stands in the place of the network.</summary>
    private sealed class LastPolicy : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) => default;
    }
}
