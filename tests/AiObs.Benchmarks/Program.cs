using System.Globalization;
using AiObs.Benchmarks.Growth;
using AiObs.Benchmarks.Logs;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Totals;
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
    case ["--growth"]:
        return GrowthRun.Execute(Console.Out);
    case ["--log"]:
        return await LogRun.ExecuteAsync(Console.Out);
    case ["--totals"]:
        return TotalsRun.Execute(Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
        return 0;
}
