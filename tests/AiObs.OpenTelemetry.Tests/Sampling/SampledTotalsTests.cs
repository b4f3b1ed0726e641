using System.Diagnostics;
using AiObs.OpenTelemetry.Tests.Bridge;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What is counted does not depend on what is exported.</summary>
[Collection(KnownSources.Name)]
public sealed class SampledTotalsTests
{
    /// <summary>Every call that fails is kept, which is each fiftieth.</summary>
    private const int Failed = CountedRun.Times / 50;

    private readonly string _source = $"totals-{Guid.NewGuid():N}";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnOperations_OnePercentExported_AreCountedAsIfAllWere()
    {
        var all = await RunAsync(1, MakeOwnCallAsync);
        var some = await RunAsync(0.01, MakeOwnCallAsync);

        Assert.Equal(CountedRun.Times, all.Exported);
        Assert.InRange(some.Exported, Failed, CountedRun.Times / 5);
        Assert.Equal(all.Counted, some.Counted);
        Assert.Equal(
            [
                "cost 0.002940",
                "records 294",
                "event call_failed 6",
                "event cost_recorded 294",
                "event message_sent 300",
                "event response_received 294",
                "measured aiobs.cost 294 0.00294",
                "measured gen_ai.client.operation.duration 300",
                "measured gen_ai.client.token.usage 588 2940",
            ],
            all.Counted);
    }

    [Fact]
    public async Task SpansOfOtherLibraries_OnePercentExported_AreCountedAsIfAllWere()
    {
        var all = await RunAsync(1, WriteForeignSpanAsync);
        var some = await RunAsync(0.01, WriteForeignSpanAsync);

        Assert.Equal(CountedRun.Times, all.Exported);
        Assert.InRange(some.Exported, Failed, CountedRun.Times / 5);
        Assert.Equal(all.Counted, some.Counted);
        Assert.Superset(new HashSet<string> { "cost 0.002940", "records 294", "event call_failed 6", "event cost_recorded 294" }, all.Counted.ToHashSet());
    }

    private Task<CountedRun> RunAsync(double ratio, Func<AgentObservability, int, Task> work) =>
        CountedRun.OfAsync(_source, Sdk.CreateTracerProviderBuilder(), ratio, work, TestToken);

    private static async Task MakeOwnCallAsync(AgentObservability root, int call)
    {
        using var stub = IsFailed(call) ? StubChatClient.Throwing(new InvalidOperationException()) : ObservedCall.CreateStub();
        using var client = stub.UseAgentObservability(root);

        await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: TestToken));
    }

    private static Task WriteForeignSpanAsync(AgentObservability root, int call)
    {
        using var source = new ActivitySource("Experimental.Microsoft.Extensions.AI");
        using var span = source.StartActivity("chat stub-model", ActivityKind.Client)!;
        span.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", "stub").SetTag("gen_ai.request.model", "stub-model");
        if (IsFailed(call))
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", "500");
        }
        else
        {
            span.SetTag("gen_ai.response.model", "stub-model-1").SetTag("gen_ai.usage.input_tokens", 7).SetTag("gen_ai.usage.output_tokens", 3);
        }

        return Task.CompletedTask;
    }

    private static bool IsFailed(int call) => call % 50 == 0;
}
