using System.Globalization;
using AiObs.Benchmarks.Logs;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Totals;
using BenchmarkDotNet.Running;

// Not CurrentCulture: that flows with the execution context, and would make each copy of it larger.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--quick"]:
        return QuickRun.Execute(Console.Out, Comparisons.All);
    case ["--bridge"]:
        return QuickRun.Execute(Console.Out, BridgeComparisons.All);
    case ["--log"]:
        return await LogRun.ExecuteAsync(Console.Out);
    case ["--totals"]:
        return TotalsRun.Execute(Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
        return 0;
}
