namespace WeatherAgent.Assistant;

/// <summary>Is the weather in one city, as the tools tell it to the model.</summary>
/// <param name="City">The city.</param>
/// <param name="Celsius">The temperature.</param>
/// <param name="Sky">What the sky does.</param>
internal sealed record WeatherReport(string City, int Celsius, string Sky);
