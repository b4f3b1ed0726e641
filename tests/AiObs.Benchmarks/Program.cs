using System.Globalization;
using AiObs.Benchmarks.Logs;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Totals;
using BenchmarkDotNet.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
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
