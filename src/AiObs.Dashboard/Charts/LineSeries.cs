namespace AiObs.Dashboard.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name, a constant of the program: it stands in the picture.</param>
/// <param name="Values">Its values, one for each time; <see langword="null"/> where there is none, and the line has a gap.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<double?> Values);
