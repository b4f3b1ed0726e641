using System.Diagnostics;
using AiObs.Operations;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiObs.Otlp.Tests.Senders;

/// <summary>Exporters of others send the shapes of OpenLLMetry and OpenInference, to a real socket.</summary>
public sealed class SenderTests
{
    private const string OpenLLMetry =
        """{"name":"openai.chat","llm.request.type":"chat","gen_ai.system":"OpenAI","gen_ai.request.model":"gpt-5-mini","gen_ai.usage.prompt_tokens":1000,"gen_ai.usage.completion_tokens":100,"gen_ai.prompt.0.role":"user","gen_ai.prompt.0.content":"Hi","gen_ai.completion.0.role":"assistant","gen_ai.completion.0.content":"Hello"}""";

    private const string OpenInference =
        """{"name":"ChatCompletion","openinference.span.kind":"LLM","llm.system":"openai","llm.model_name":"gpt-5","llm.token_count.prompt":2000,"llm.token_count.completion":200,"llm.input_messages.0.message.role":"user","llm.input_messages.0.message.content":"Hi","llm.output_messages.0.message.role":"assistant","llm.output_messages.0.message.content":"Hello","tag.tags":["a","b"]}""";

    private const string Failed = """{"name":"get_weather","error":"no such city","openinference.span.kind":"TOOL","tool.name":"get_weather","input.value":"{}"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json")]
    [InlineData("protobuf")]
    public async Task JavaScriptExporter_SpansOfBothShapes_ShowWithTokensAndCost(string encoding)
    {
        Assert.SkipUnless(JavaScript.IsInstalled, JavaScript.Missing);
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await JavaScript.RunAsync(host.Client.BaseAddress!.AbsoluteUri, encoding, [OpenLLMetry, OpenInference, Failed], Token);

        await AssertKeptAsync(host, "senders", "agent-js", errorType: "RangeError");
    }

    [Fact]
    public async Task DotNetExporter_SpansOfBothShapes_ShowWithTokensAndCost()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);
        var name = $"senders-{Guid.NewGuid():N}";
        using (var source = new ActivitySource(name))
        using (var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(name)
            .ConfigureResource(static resource => resource.Clear().AddService("agent-net", autoGenerateServiceInstanceId: false))
            .AddOtlpExporter(o => (o.Protocol, o.Endpoint) = (OtlpExportProtocol.HttpProtobuf, host.Client.BaseAddress!))
            .Build())
        {
            foreach (var line in (string[])[OpenLLMetry, OpenInference, Failed])
            {
                Send(source, line);
            }

            Assert.True(provider.Shutdown());
        }

        await AssertKeptAsync(host, name, "agent-net", errorType: "System.ArgumentException");
    }

    private static void Send(ActivitySource source, string line)
    {
        using var document = System.Text.Json.JsonDocument.Parse(line);
        var members = document.RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value);
        using var span = source.StartActivity(members["name"].GetString()!, ActivityKind.Client)!;
        foreach (var (key, value) in members)
        {
            if (key == "error")
            {
                span.AddException(new ArgumentException(value.GetString())).SetStatus(ActivityStatusCode.Error, value.GetString());
            }
            else if (key != "name")
            {
                span.SetTag(key, value.ValueKind switch
                {
                    System.Text.Json.JsonValueKind.Number => value.GetInt64(),
                    System.Text.Json.JsonValueKind.Array => value.EnumerateArray().Select(static item => item.GetString()).ToArray(),
                    _ => value.GetString(),
                });
            }
        }
    }

    private static async Task AssertKeptAsync(ReceiverHost host, string source, string service, string errorType)
    {
        var spans = (await host.SpansAsync()).OrderBy(static span => span.Name, StringComparer.Ordinal).ToArray();
        Assert.Equal(
            [
                ("ChatCompletion", source, OperationKind.Chat, "openai", "gpt-5", 2_000L, 200L, null),
                ("get_weather", source, OperationKind.Tool, null, null, null, null, errorType),
                ("openai.chat", source, OperationKind.Chat, "openai", "gpt-5-mini", 1_000L, 100L, null),
            ],
            spans.Select(static span => (span.Name, span.Source, span.Kind, span.Provider, span.Model, span.InputTokens, span.OutputTokens, span.ErrorType)));
        Assert.Equal(["a", "b"], spans[0].Tags);
        Assert.All(spans, span => Assert.Contains($"service.name = \"{service}\"", Kept.Of(span).Split('\n')));
        foreach (var span in (int[])[0, 2])
        {
            Assert.Contains("""said: gen_ai.input.messages = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]" """.TrimEnd(), Kept.Of(spans[span]).Split('\n'));
        }

        Assert.Equal(
            [(spans[2].SpanId, 0.002m), (spans[0].SpanId, 0.004m)],
            (await host.CostsAsync()).Select(static cost => (cost.SpanId, cost.Total)).OrderBy(static cost => cost.Total));
    }
}
