using System.Globalization;
using AiObs.Benchmarks.Quick;
using BenchmarkDotNet.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--quick"])
{
    return QuickRun.Execute(Console.Out);
}

BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
return 0;
