using System.Globalization;
using AiObs.Benchmarks.Conversations;
using AiObs.Benchmarks.Dashboard;
using AiObs.Benchmarks.Growth;
using AiObs.Benchmarks.Guardrails;
using AiObs.Benchmarks.Logs;
using AiObs.Benchmarks.Memory;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Totals;
using AiObs.Benchmarks.Traces;
using BenchmarkDotNet.Running;

// Not CurrentCulture: that flows with the execution context, and would make each copy of it larger.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--quick"]:
        var ceilings = QuickRun.Execute(Console.Out, Comparisons.All);
        return await LogRun.AppendAsync(Console.Out) ? ceilings : 1;
    case ["--bridge"]:
        return QuickRun.Execute(Console.Out, BridgeComparisons.All);
    case ["--spans"]:
        var spans = QuickRun.Execute(Console.Out, TraceComparisons.All);
        return await TraceMemory.ExecuteAsync(Console.Out) == 0 ? spans : 1;
    case ["--growth"]:
        return GrowthRun.Execute(Console.Out);
    case ["--log"]:
        return await LogRun.ExecuteAsync(Console.Out);
    case ["--traces"]:
        return await TraceRun.ExecuteAsync(Console.Out, TraceRun.Large);
    case ["--traces", var most]:
        return await TraceRun.ExecuteAsync(Console.Out, int.Parse(most, CultureInfo.InvariantCulture));
    case ["--conversations"]:
        return await ConversationRun.ExecuteAsync(Console.Out);
    case ["--conversations", "growth"]:
        return await ConversationGrowth.CompareAsync(Console.Out) ? 0 : 1;
    case ["--conversations", "clients"]:
        return await ManyClients.CompareAsync(Console.Out) ? 0 : 1;
    case ["--dashboard"]:
        return await DashboardRun.ExecuteAsync(Console.Out);
    case ["--dashboard-readers", var address, var readers]:
        return await LiveReaders.ReadAsync(new(address), int.Parse(readers, CultureInfo.InvariantCulture));
    case ["--memory"]:
        return await MemoryRun.ExecuteAsync(Console.Out);
    case ["--guardrails"]:
        return await GuardrailRun.ExecuteAsync(Console.Out);
    case ["--totals"]:
        return TotalsRun.Execute(Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
        return 0;
}
