using System.Diagnostics;
using AiObs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpenTelemetry;
using OpenTelemetry.Trace;

using var tracing = Sdk.CreateTracerProviderBuilder()
    .AddAgentObservability()
    .AddProcessor(new Printed())
    .Build();

var builder = Kernel.CreateBuilder();
builder.Services.AddChatClient(static _ => new AskingClient())
    .UseAgent("weather-assistant")
    .UseKernelFunctionInvocation()
    .UseAgentObservability(o => o.CaptureContent = ContentCapture.Spans);
builder.Services.AddAgentObservability();
var kernel = builder.Build();
kernel.Plugins.AddFromFunctions("weather", [KernelFunctionFactory.CreateFromMethod((string city) => city == "Oslo" ? 4 : 22, "get")]);

var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
Console.WriteLine(await kernel.InvokePromptAsync("How warm is it in Oslo?", new(settings)));

internal sealed class Printed : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == AgentObservabilityOptions.DefaultSourceName)
        {
            Console.WriteLine($"{data.DisplayName} {data.GetTagItem("openinference.span.kind")} {data.GetTagItem("gen_ai.tool.call.result")}".TrimEnd());
        }
    }
}
