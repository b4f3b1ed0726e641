using AiObs;
using AiObs.OpenTelemetry;
using AiObs.Otlp.Http;
using AiObs.Otlp.Receiving;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Receives spans of other processes.</summary>
public static class AiObsOtlpEndpointExtensions
{
    /// <summary>Maps <c>POST {prefix}/v1/traces</c>, which takes spans in OTLP over HTTP, in protobuf or JSON, plain or compressed by gzip, of at most 4 MiB.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">What stands before <c>/v1/traces</c>; exporters are given the address of the application with it as their endpoint.</param>
    /// <param name="root">The name of the root that the spans are received for, where the application has several.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization("ingest")</c>. Without an authorization of its own it takes spans of this machine alone, through no proxy, and answers all others with 403.</returns>
    /// <remarks>
    /// The spans of OpenLLMetry, of OpenInference and of the GenAI conventions are priced as those of the application itself, where costs are tracked, and their
    /// content is held to the same options. Each call is counted once, also where several spans stand for it or a request is sent again.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="prefix"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>AddAgentObservability()</c> or <c>AddTraces()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapAgentObservabilityOtlp(this IEndpointRouteBuilder endpoints, string prefix = "/aiobs", string? root = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var services = root is null ? endpoints.ServiceProvider : endpoints.ServiceProvider.GetRequiredKeyedService<IServiceProvider>(root);
        var call = root is null ? "services.AddAgentObservability().AddTraces();" : $"services.AddAgentObservability(\"{root}\", (root, _) => root.AddTraces());";
        var observability = services.GetService<AgentObservability>()
            ?? throw new InvalidOperationException($"There is nothing to receive spans for at {prefix}. Add it: {call}");
        var keeper = observability.Root.Core.KeptSpans.Keeper
            ?? throw new InvalidOperationException($"Nothing keeps the spans that are received at {prefix}. Add traces where AiObs is added: {call}");
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<AgentTracingOptions>>().Value;
        return endpoints
            .MapPost(prefix.TrimEnd('/') + "/v1/traces", new TraceEndpoint(new SpanReceiver(observability, keeper, options)).HandleAsync)
            .WithDisplayName("AiObs OTLP receiver");
    }
}
