using System.Reflection;

// Runs after trimming, to show that what is left still works.
foreach (var name in (string[])["AiObs", "AiObs.OpenTelemetry"])
{
    Console.WriteLine($"{name} {Assembly.Load(name).GetName().Version} works trimmed.");
}
