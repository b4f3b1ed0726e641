using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class UsageCostTests : ExporterTest
{
    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, null)]
    public async Task WriteUsageCost_Set_DecidesWhetherTheCostStandsUnderTheGenAiKeyToo(bool isWritten, double? expected)
    {
        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = Source));

        await ExportAsync(
            CreateBuilder().AddPhoenixExporter(o => (o.Endpoint, o.WriteUsageCost) = (Receiver.Endpoint, isWritten)),
            () =>
            {
                using var call = root.Tracer.StartLlm("m", new() { Messages = [new(ChatRole.User, "Hi")] });
                call.SetResult(new() { Cost = 0.5m });

                return Task.CompletedTask;
            });

        Assert.Equal(0.5, OnlySpan().Attributes["aiobs.cost.total"]);
        Assert.Equal(expected, OnlySpan().Attributes.GetValueOrDefault("gen_ai.usage.cost"));
    }

    [Fact]
    public async Task WriteUsageCost_SpanWithoutCost_WritesNothing()
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(o => (o.Endpoint, o.WriteUsageCost) = (Receiver.Endpoint, true)));

        Assert.DoesNotContain("gen_ai.usage.cost", OnlySpan().Attributes);
    }
}
