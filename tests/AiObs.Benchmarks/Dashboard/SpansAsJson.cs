using System.Text.Json;
using AiObs.Benchmarks.Workloads;
using AiObs.Store;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>Serialises spans with nothing beside it.</summary>
internal sealed class SpansAsJson(IReadOnlyList<SpanRecord> spans) : Workload
{
    public override void Run() => JsonSerializer.Serialize(Stream.Null, spans);
}
