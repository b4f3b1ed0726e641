open System
open System.Diagnostics
open AiObs
open Anthropic
open Consumer
open Microsoft.Extensions.AI
open global.OpenTelemetry
open global.OpenTelemetry.Trace

// The lines of the README.
let observed (client: IChatClient) =
    client
        .AsBuilder()
        .UseAgent("weather-assistant")
        .UseFunctionInvocation()
        .UseAgentObservability(fun o -> o.CaptureContent <- ContentCapture.Spans)
        .Build()

let export () =
    Sdk.CreateTracerProviderBuilder().AddAgentObservability().AddPhoenixExporter().Build()

(export ()).Dispose()
(observed ((new AnthropicClient(ApiKey = "none")).AsIChatClient("claude-sonnet-4-5"))).Dispose()

let printed =
    { new BaseProcessor<Activity>() with
        override _.OnEnd span =
            Console.WriteLine $"""{span.DisplayName} {span.GetTagItem "openinference.span.kind"} {span.GetTagItem "output.value"}""" }

let tracing = Sdk.CreateTracerProviderBuilder().AddAgentObservability().AddProcessor(printed).Build()
let agent = observed (new EchoClient())
agent.GetResponseAsync("Hello").Wait()
agent.Dispose()
tracing.Dispose()
