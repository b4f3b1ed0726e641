using System.Globalization;
using AiObs.Benchmarks.Logs;
using AiObs.Benchmarks.Quick;
using BenchmarkDotNet.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--quick"])
{
    return QuickRun.Execute(Console.Out);
}

if (args is ["--logs", ..])
{
    return await LogRun.ExecuteAsync(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : LogRun.DefaultSize);
}

BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
return 0;
