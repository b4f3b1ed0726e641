using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>Asks an application for a window of the rows of a trace, as the script of a page does.</summary>
internal sealed class WindowRequest(InProcessServer server, string path) : Workload
{
    public override void Run() => server.GetAsync(path, Stream.Null).GetAwaiter().GetResult();
}
