using System.Diagnostics;
using System.Reflection;
using AiObs;
using Microsoft.Extensions.AI;

foreach (var name in (string[])["AiObs", "AiObs.OpenTelemetry"])
{
    var version = Assembly.Load(name).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    Console.WriteLine($"{name} {version.Split('+')[0]}");
}

using var listener = new ActivityListener
{
    ShouldListenTo = static source => source.Name == AgentObservabilityOptions.DefaultSourceName,
    Sample = static (ref _) => ActivitySamplingResult.AllData,
    ActivityStopped = static span => Console.WriteLine($"{span.DisplayName} {span.GetTagItem("openinference.span.kind")}"),
};
ActivitySource.AddActivityListener(listener);

using var agent = new ChatClientBuilder(new EchoClient())
    .UseAgent("packed")
    .UseAgentObservability()
    .Build();
await agent.GetResponseAsync("Hello");
