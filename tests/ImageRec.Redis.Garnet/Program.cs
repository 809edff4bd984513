using Garnet;

// A Garnet server as a process of its own, so that tests can kill it. It ends when its standard input does: with the tests, however they
// end.
using var server = new GarnetServer(args);
server.Start();
Console.WriteLine("started");
while (Console.In.Read() >= 0)
{
}
