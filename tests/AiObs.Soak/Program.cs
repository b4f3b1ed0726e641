using System.Globalization;
using AiObs.Soak;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await CommandLine.Create(Console.Out).Parse(args).InvokeAsync();
