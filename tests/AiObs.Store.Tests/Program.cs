using AiObs.Store.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

return WriterProcess.IsMeant(args) ? await WriterProcess.RunAsync(args) : await ConsoleRunner.Run(args);
