using System.Reflection;

foreach (var name in (string[])["AiObs", "AiObs.OpenTelemetry"])
{
    var version = Assembly.Load(name).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    Console.WriteLine($"{name} {version.Split('+')[0]}");
}
