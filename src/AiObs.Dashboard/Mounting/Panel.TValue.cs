namespace AiObs.Dashboard.Mounting;

/// <summary>A part of a page that is read by itself: what fails in it stays in it.</summary>
/// <param name="Value">What was read; <see langword="default"/> where it failed.</param>
/// <param name="Fault">What to tell instead; <see langword="null"/> where it was read.</param>
/// <typeparam name="T">The type of what is read.</typeparam>
internal readonly record struct Panel<T>(T? Value, string? Fault);
